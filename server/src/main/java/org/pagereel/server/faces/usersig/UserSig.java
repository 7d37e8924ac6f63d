package org.pagereel.server.faces.usersig;

import java.security.MessageDigest;
import java.time.Instant;
import java.util.Arrays;
import java.util.Base64;
import java.util.zip.DataFormatException;
import java.util.zip.Inflater;
import org.pagereel.recorder.wire.Json;
import org.pagereel.server.faces.usersig.BadUserSig.Kind;
import org.pagereel.server.platform.http.JsonInteger;
import org.pagereel.server.platform.http.Quote;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;

/**
 * A user's signature of version 2, TLSSigAPIv2 (docs/vendors/tencent.md, "UserSig"), checked with
 * the app's key.
 */
public final class UserSig {
  private static final int LONGEST = 8192;
  private static final int LONGEST_CONTENT = 16 * 1024;

  /** Nobody's clock is there, and sums of two such numbers are still whole. */
  private static final long LATEST = 1L << 40;

  private UserSig() {}

  /**
   * Returns if the signature is this user's, for this app, made with this key, and not over.
   *
   * @throws BadUserSig says what is wrong
   */
  public static void verify(String text, long sdkAppId, String userId, String key, Instant now) {
    JsonNode content = content(text);
    if (!content.path("TLS.ver").asString("").equals("2.0")) {
      throw unreadable("is not of version 2.0");
    }
    if (number(content, "TLS.sdkappid") != sdkAppId) {
      throw new BadUserSig(
          Kind.OTHER_APP, "is for another SdkAppId: " + content.path("TLS.sdkappid"));
    }
    if (!string(content, "TLS.identifier").equals(userId)) {
      throw new BadUserSig(
          Kind.OTHER_USER,
          "is of another user: " + Quote.of(content.path("TLS.identifier").toString()));
    }
    long time = number(content, "TLS.time");
    long expire = number(content, "TLS.expire");
    if (now.getEpochSecond() > time + expire) {
      throw new BadUserSig(Kind.EXPIRED, "has expired at " + Instant.ofEpochSecond(time + expire));
    }
    String userbuf = content.has("TLS.userbuf") ? string(content, "TLS.userbuf") : null;
    // What is signed is lines: one with a line break in it could be read as several.
    if (userId.indexOf('\n') >= 0 || (userbuf != null && userbuf.indexOf('\n') >= 0)) {
      throw unreadable("has a line break in a name");
    }
    String expected = Signing.hash(sdkAppId, userId, time, expire, userbuf, key);
    if (!MessageDigest.isEqual(Signing.utf8(expected), Signing.utf8(string(content, "TLS.sig")))) {
      throw new BadUserSig(Kind.FORGED, "was not made with the key of SdkAppId " + sdkAppId);
    }
  }

  private static JsonNode content(String text) {
    if (text.length() > LONGEST) {
      throw unreadable("is longer than any real one");
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
    throw unreadable("cannot be read: it is no UserSig, or only a part of one");
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
    return JsonInteger.of(content.path(name))
        .filter(number -> number >= 0 && number <= LATEST)
        .orElseThrow(() -> unreadable("has no proper " + name));
  }

  private static String string(JsonNode content, String name) {
    JsonNode node = content.path(name);
    if (!node.isString()) {
      throw unreadable("has no proper " + name);
    }
    return node.stringValue();
  }

  private static BadUserSig unreadable(String what) {
    return new BadUserSig(Kind.UNREADABLE, what);
  }
}
