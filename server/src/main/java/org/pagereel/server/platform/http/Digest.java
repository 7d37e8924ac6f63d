package org.pagereel.server.platform.http;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** Hashes without a key, as hexadecimal digits. */
public final class Digest {
  private Digest() {}

  /**
   * Hashes a text in UTF-8.
   *
   * @param algorithm such as SHA-256
   */
  public static String hex(String algorithm, String text) {
    return hex(algorithm, text.getBytes(StandardCharsets.UTF_8));
  }

  public static String hex(String algorithm, byte[] bytes) {
    try {
      return HexFormat.of().formatHex(MessageDigest.getInstance(algorithm).digest(bytes));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(algorithm, e);
    }
  }
}
