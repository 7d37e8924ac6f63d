package org.pagereel.server.faces.tencent;

import java.security.SecureRandom;

/** TaskIds as the vendor's are: 20 characters of 0-9 and a-v. */
final class TaskIds {
  private static final String DIGITS = "0123456789abcdefghijklmnopqrstuv";
  private static final int LENGTH = 20;

  private final SecureRandom random = new SecureRandom();

  String next() {
    StringBuilder id = new StringBuilder(LENGTH);
    for (int i = 0; i < LENGTH; i++) {
      id.append(DIGITS.charAt(random.nextInt(DIGITS.length())));
    }
    return id.toString();
  }
}
