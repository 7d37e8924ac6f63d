package org.pagereel.server.faces.tencent;

import java.nio.charset.StandardCharsets;

/** The user that a recorder is in its room: {@code tic_record_user_{RoomId}_{random}}. */
final class RecordUser {
  private static final int MAX_BYTES = 60;

  private RecordUser() {}

  /**
   * Reads {@code RecordUserId}.
   *
   * @throws TiwError it is another room's, too long, or no such name at all
   */
  static String of(Fields body, long roomId) {
    String id = body.requiredText("RecordUserId", 1000);
    String prefix = "tic_record_user_" + roomId + "_";
    boolean plain = id.chars().noneMatch(Character::isISOControl);
    if (!id.startsWith(prefix) || id.length() == prefix.length() || !plain) {
      throw body.wrong("RecordUserId", prefix + "<random string>");
    }
    if (id.getBytes(StandardCharsets.UTF_8).length > MAX_BYTES) {
      throw body.wrong("RecordUserId", "at most " + MAX_BYTES + " bytes");
    }
    return id;
  }
}
