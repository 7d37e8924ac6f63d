package org.pagereel.server.agora;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/**
 * The user that a recorder is in its room: a fixed identity, so that a second login displaces the
 * first (reference 1.5, 3.1).
 */
final class RecorderUser {
  private static final String SUFFIX = "recorder";
  private static final int LONGEST = 64;

  private RecorderUser() {}

  static String of(String roomUuid) {
    int room = Math.min(roomUuid.length(), LONGEST - SUFFIX.length());
    return roomUuid.substring(0, room) + SUFFIX;
  }

  /** What the store keeps of a recorder's token. */
  static String ticket(String token) {
    try {
      byte[] hash =
          MessageDigest.getInstance("SHA-256").digest(token.getBytes(StandardCharsets.UTF_8));
      return HexFormat.of().formatHex(hash);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }
}
