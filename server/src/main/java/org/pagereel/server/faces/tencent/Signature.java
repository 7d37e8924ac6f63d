package org.pagereel.server.faces.tencent;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.Instant;
import org.pagereel.server.platform.http.Quote;

/** A request's signature, by whichever of the vendor's two schemes. */
sealed interface Signature permits Tc3, SignatureV1 {
  String secretId();

  /** The time at which it was made, according to the client. */
  Instant at();

  String given();

  /** The signature that the owner of this key makes. */
  String expected(String secretKey);

  /** Compared in constant time, so that nobody can feel his way to a signature. */
  default boolean isBy(String secretKey) {
    return MessageDigest.isEqual(
        expected(secretKey).getBytes(StandardCharsets.UTF_8),
        given().getBytes(StandardCharsets.UTF_8));
  }

  /**
   * Reads a Unix time in seconds.
   *
   * @throws TiwError it is none
   */
  static Instant time(String name, String text) {
    if (!text.matches("\\d{1,11}")) {
      throw (text.isEmpty() ? TiwCode.MISSING_PARAMETER : TiwCode.SIGNATURE_EXPIRE)
          .error(name + " is '" + Quote.of(text) + "'; allowed is a Unix time in seconds");
    }
    return Instant.ofEpochSecond(Long.parseLong(text));
  }
}
