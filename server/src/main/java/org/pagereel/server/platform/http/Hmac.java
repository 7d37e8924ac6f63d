package org.pagereel.server.platform.http;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.HexFormat;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** Keyed hashes, as hexadecimal digits. */
public final class Hmac {
  private Hmac() {}

  /**
   * Signs a text.
   *
   * @param algorithm such as HmacSHA256
   */
  public static String hex(String algorithm, byte[] key, String text) {
    return HexFormat.of().formatHex(bytes(algorithm, key, text.getBytes(StandardCharsets.UTF_8)));
  }

  public static byte[] bytes(String algorithm, byte[] key, byte[] text) {
    try {
      Mac mac = Mac.getInstance(algorithm);
      mac.init(new SecretKeySpec(key, algorithm));
      return mac.doFinal(text);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(algorithm, e);
    }
  }
}
