package org.pagereel.server.faces.tencent;

import org.jspecify.annotations.Nullable;
import org.pagereel.recorder.StreamsPlan;

/**
 * What StartOnlineRecord asks for (docs/vendors/tencent.md, "StartOnlineRecord").
 *
 * @param groupId the group with the whiteboard's signals
 * @param trtcRoomId the room with the streams: a number, or a text
 */
record StartRequest(
    long roomId,
    String recordUserId,
    String recordUserSig,
    String groupId,
    String trtcRoomId,
    Whiteboard whiteboard,
    StreamsPlan streams) {
  private static final long LARGEST_ROOM = 4_294_967_295L;

  static StartRequest of(Fields body) {
    body.number("SdkAppId"); // known already
    long roomId = body.requiredNumber("RoomId", 1, LARGEST_ROOM);
    String user = RecordUser.of(body, roomId);
    String userSig = body.requiredText("RecordUserSig", 8192);
    if (userSig.isEmpty()) {
      throw body.wrong("RecordUserSig", "the UserSig of RecordUserId");
    }
    String groupId = body.text("GroupId", "", 128);
    Extras.mix(body); // MixStream.Enabled decides
    mode(body);
    StartRequest request =
        new StartRequest(
            roomId,
            user,
            userSig,
            groupId.isEmpty() ? String.valueOf(roomId) : groupId,
            trtcRoom(body, roomId),
            Whiteboard.of(body),
            streams(body));
    body.nothingElse();
    return request;
  }

  private static StreamsPlan streams(Fields body) {
    boolean concat = false;
    String filler = null;
    if (body.has("Concat")) {
      Fields fields = body.requiredObject("Concat");
      concat = fields.requiredFlag("Enabled");
      filler = filler(fields);
      fields.nothingElse();
    }
    return new StreamsPlan(
        concat,
        concat ? filler : null,
        body.flag("AudioFileNeeded", false),
        MixRequest.of(body).orElse(null),
        StreamRules.of(body),
        TicNames.STREAMS,
        (int) body.number("AutoStopTimeout", 300, 300, 86_400));
  }

  private static @Nullable String filler(Fields concat) {
    String address = concat.text("Image", "", 2048);
    return address.isEmpty() ? null : address;
  }

  private static String trtcRoom(Fields body, long roomId) {
    long number = body.number("TRTCRoomId", roomId, 1, LARGEST_ROOM);
    String text = body.text("TRTCRoomIdStr", "", 128);
    return text.isEmpty() ? String.valueOf(number) : text;
  }

  private static void mode(Fields body) {
    String mode = body.text("RecordMode", "REALTIME_MODE", 100);
    if (!mode.isEmpty() && !mode.equals("REALTIME_MODE")) {
      throw body.wrong("RecordMode", "REALTIME_MODE; videos are not generated afterwards here");
    }
    body.text("ChatGroupId", "", 128); // of the other mode only
    body.text("ExtraData", "", 8192); // the vendor's own
  }
}
