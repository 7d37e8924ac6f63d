package org.pagereel.recorder.replay;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** Names of fetched files: another address is another file. */
final class FetchedFileName {
  private static final int BYTES = 10;

  private FetchedFileName() {}

  static String after(String prefix, String address) {
    byte[] digest = sha256().digest(address.getBytes(StandardCharsets.UTF_8));
    return prefix + HexFormat.of().formatHex(digest, 0, BYTES);
  }

  static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e); // every JDK has it
    }
  }
}
