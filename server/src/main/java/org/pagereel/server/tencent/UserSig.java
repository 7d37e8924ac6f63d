package org.pagereel.server.tencent;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.Instant;
import java.util.Arrays;
import java.util.Base64;
import java.util.zip.DataFormatException;
import java.util.zip.Inflater;
import org.pagereel.recorder.wire.Json;
import org.pagereel.server.http.Hmac;
import org.pagereel.server.http.Whole;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;

/** A user's signature of version 2, TLSSigAPIv2 (reference 4.3), checked with the app's key. */
final class UserSig {
  private static final int LONGEST = 8192;
  private static final int LONGEST_CONTENT = 16 * 1024;

  /** Nobody's clock is there, and sums of two such numbers are still whole. */
  private static final long LATEST = 1L << 40;

  private UserSig() {}

  /**
   * Returns if the signature is this user's, for this app, made with this key, and not over.
   *
   * @throws TiwError says what is wrong
   */
  static void verify(String text, long sdkAppId, String userId, String key, Instant now) {
    JsonNode content = content(text);
    if (!content.path("TLS.ver").asString("").equals("2.0")) {
      throw wrong("is not of version 2.0");
    }
    if (number(content, "TLS.sdkappid") != sdkAppId) {
      throw wrong("is for another SdkAppId: " + content.path("TLS.sdkappid"));
    }
    if (!string(content, "TLS.identifier").equals(userId)) {
      throw wrong("is of another user: " + Quote.of(content.path("TLS.identifier").toString()));
    }
    long time = number(content, "TLS.time");
    long expire = number(content, "TLS.expire");
    if (now.getEpochSecond() > time + expire) {
      throw wrong("has expired at " + Instant.ofEpochSecond(time + expire));
    }
    String signed =
        "TLS.identifier:%s\nTLS.sdkappid:%d\nTLS.time:%d\nTLS.expire:%d\n"
            .formatted(userId, sdkAppId, time, expire);
    if (content.has("TLS.userbuf")) {
      signed += "TLS.userbuf:" + string(content, "TLS.userbuf") + "\n";
    }
    byte[] expected = Hmac.bytes("HmacSHA256", utf8(key), utf8(signed));
    String base64 = Base64.getEncoder().encodeToString(expected);
    if (!MessageDigest.isEqual(utf8(base64), utf8(string(content, "TLS.sig")))) {
      throw wrong("was not made with the key of SdkAppId " + sdkAppId);
    }
  }

  private static JsonNode content(String text) {
    if (text.length() > LONGEST) {
      throw wrong("is longer than any real one");
    }
    try {
      String base64 = text.replace('*', '+').replace('-', '/').replace('_', '=');
      JsonNode content = Json.LINES.readTree(inflate(Base64.getDecoder().decode(base64)));
      if (content.isObject()) {
        return content;
      }
    } catch (IllegalArgumentException | DataFormatException | JacksonException e) {
      // Which of its layers is spoilt is of no use to anybody.
    }
    throw wrong("cannot be read: it is no UserSig, or only a part of one");
  }

  private static byte[] inflate(byte[] compressed) throws DataFormatException {
    Inflater inflater = new Inflater();
    try {
      inflater.setInput(compressed);
      byte[] content = new byte[LONGEST_CONTENT];
      int length = inflater.inflate(content);
      if (!inflater.finished() || inflater.getRemaining() > 0) {
        throw new DataFormatException("longer than any real one, or not all of it");
      }
      return Arrays.copyOf(content, length);
    } finally {
      inflater.end();
    }
  }

  private static long number(JsonNode content, String name) {
    return Whole.of(content.path(name))
        .filter(number -> number >= 0 && number <= LATEST)
        .orElseThrow(() -> wrong("has no proper " + name));
  }

  private static String string(JsonNode content, String name) {
    JsonNode node = content.path(name);
    if (!node.isString()) {
      throw wrong("has no proper " + name);
    }
    return node.stringValue();
  }

  private static byte[] utf8(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  private static TiwError wrong(String what) {
    return TiwCode.RECORD_PARAMETER.error("RecordUserSig " + what);
  }
}
