package org.pagereel.server.tools.cli;

import java.security.SecureRandom;

/** A short name that no other recording on this machine has. */
final class RecordingId {
  private static final String ALPHABET = "abcdefghijkmnpqrstuvwxyz23456789";
  private static final int LENGTH = 8;

  private RecordingId() {}

  static String create() {
    SecureRandom random = new SecureRandom();
    StringBuilder id = new StringBuilder();
    for (int i = 0; i < LENGTH; i++) {
      id.append(ALPHABET.charAt(random.nextInt(ALPHABET.length())));
    }
    return id.toString();
  }
}
