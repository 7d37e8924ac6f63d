package org.pagereel.server.agora;

import io.agora.education.EducationTokenBuilder2;
import io.agora.media.AccessToken2;
import io.agora.rtm.RtmTokenBuilder2;
import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Base64;
import java.util.Optional;
import java.util.zip.DataFormatException;
import java.util.zip.Inflater;
import org.jspecify.annotations.Nullable;
import org.pagereel.server.config.Settings.App;
import org.pagereel.server.http.Hmac;

/**
 * Tokens of version 007 (AccessToken2): made by the vendor's own library, checked here against the
 * app's certificate. A token is {@code 007} and the base64 of a zlib stream: a signature, then what
 * it signs.
 */
public final class AgoraTokens {
  private static final int LONGEST = 4096;
  private static final int LONGEST_CONTENT = 16 * 1024;

  private AgoraTokens() {}

  /** A token for a user, as clients and recorders have it; good for so many seconds. */
  public static String forUser(App app, String userUuid, Duration life) {
    int seconds = (int) life.toSeconds();
    return new RtmTokenBuilder2().buildToken(app.id(), app.certificate(), userUuid, seconds);
  }

  /** A token for everything in the app. */
  public static String forApp(App app, Duration life) {
    int seconds = (int) life.toSeconds();
    return new EducationTokenBuilder2().buildAppToken(app.id(), app.certificate(), seconds);
  }

  /** What the token says, if this app's certificate signed it and its time has not passed. */
  static Optional<Claims> verify(String token, App app, Instant now) {
    if (!token.startsWith("007") || token.length() > LONGEST) {
      return Optional.empty();
    }
    try {
      byte[] all = inflate(Base64.getDecoder().decode(token.substring(3)));
      int signatureLength =
          Short.toUnsignedInt(Short.reverseBytes(ByteBuffer.wrap(all).getShort()));
      byte[] signature = Arrays.copyOfRange(all, 2, 2 + signatureLength);
      byte[] signed = Arrays.copyOfRange(all, 2 + signatureLength, all.length);
      AccessToken2 parsed = new AccessToken2();
      if (!parsed.parse(token) || !app.id().equals(parsed.appId)) {
        return Optional.empty();
      }
      parsed.appCert = app.certificate();
      byte[] expected = Hmac.bytes("HmacSHA256", parsed.getSign(), signed);
      boolean genuine = MessageDigest.isEqual(expected, signature);
      boolean current =
          Instant.ofEpochSecond(parsed.issueTs).plusSeconds(parsed.expire).isAfter(now);
      return genuine && current ? claims(parsed) : Optional.empty();
    } catch (Exception e) {
      return Optional.empty(); // the library throws what it likes at a broken token
    }
  }

  private static Optional<Claims> claims(AccessToken2 token) {
    // Its getService makes an empty one of any type; the map has what the token has.
    var education = token.services.get(AccessToken2.SERVICE_TYPE_APAAS);
    if (education instanceof AccessToken2.ServiceApaas service) {
      return Optional.of(new Claims(given(service.getUserUuid()), given(service.getRoomUuid())));
    }
    var messaging = token.services.get(AccessToken2.SERVICE_TYPE_RTM);
    if (messaging instanceof AccessToken2.ServiceRtm service) {
      return Optional.ofNullable(given(service.getUserId())).map(user -> new Claims(user, null));
    }
    return Optional.empty();
  }

  private static @Nullable String given(@Nullable String text) {
    return text == null || text.isEmpty() ? null : text;
  }

  private static byte[] inflate(byte[] compressed) throws DataFormatException {
    Inflater inflater = new Inflater();
    try {
      inflater.setInput(compressed);
      byte[] content = new byte[LONGEST_CONTENT];
      int length = inflater.inflate(content);
      if (!inflater.finished()) {
        throw new DataFormatException("longer than any real token");
      }
      return Arrays.copyOf(content, length);
    } finally {
      inflater.end();
    }
  }
}
