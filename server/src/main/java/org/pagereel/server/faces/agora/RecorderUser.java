package org.pagereel.server.faces.agora;

/**
 * The user that a recorder is in its room: a fixed identity, so that a second login displaces the
 * first (docs/vendors/agora.md, "Address of the page").
 */
final class RecorderUser {
  private static final String SUFFIX = "recorder";
  private static final int LONGEST = 64;

  private RecorderUser() {}

  static String of(String roomUuid) {
    int room = Math.min(roomUuid.length(), LONGEST - SUFFIX.length());
    return roomUuid.substring(0, room) + SUFFIX;
  }
}
