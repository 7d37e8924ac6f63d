package org.pagereel.server.faces.usersig;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import org.jspecify.annotations.Nullable;
import org.pagereel.server.platform.http.Hmac;

/** The signed text, and its hash. */
final class Signing {
  private Signing() {}

  /** {@code TLS.sig}: base64 of the HMAC-SHA256 of the four or five lines. */
  static String hash(
      long sdkAppId, String userId, long time, long expire, @Nullable String userbuf, String key) {
    String signed =
        "TLS.identifier:%s\nTLS.sdkappid:%d\nTLS.time:%d\nTLS.expire:%d\n"
            .formatted(userId, sdkAppId, time, expire);
    if (userbuf != null) {
      signed += "TLS.userbuf:" + userbuf + "\n";
    }
    byte[] hash = Hmac.bytes("HmacSHA256", utf8(key), utf8(signed));
    return Base64.getEncoder().encodeToString(hash);
  }

  static byte[] utf8(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
