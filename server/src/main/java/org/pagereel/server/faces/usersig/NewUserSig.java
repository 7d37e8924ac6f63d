package org.pagereel.server.faces.usersig;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.zip.DeflaterOutputStream;
import org.pagereel.recorder.wire.Json;
import tools.jackson.databind.node.ObjectNode;

/** Makes a user's signature, for calls to the vendor. */
public final class NewUserSig {
  private NewUserSig() {}

  /**
   * Returns the signature, which needs no escaping in a query.
   *
   * @param key the app's, as text
   * @param life whole seconds
   */
  public static String of(long sdkAppId, String userId, String key, Instant now, Duration life) {
    long time = now.getEpochSecond();
    long expire = life.toSeconds();
    ObjectNode content =
        Json.LINES
            .createObjectNode()
            .put("TLS.ver", "2.0")
            .put("TLS.identifier", userId)
            .put("TLS.sdkappid", sdkAppId)
            .put("TLS.expire", expire)
            .put("TLS.time", time)
            .put("TLS.sig", Signing.hash(sdkAppId, userId, time, expire, null, key));
    return Base64.getEncoder()
        .encodeToString(deflated(Signing.utf8(content.toString())))
        .replace('+', '*')
        .replace('/', '-')
        .replace('=', '_');
  }

  private static byte[] deflated(byte[] content) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (DeflaterOutputStream zlib = new DeflaterOutputStream(bytes)) {
      zlib.write(content);
    } catch (IOException e) {
      throw new UncheckedIOException(e); // memory does not fail
    }
    return bytes.toByteArray();
  }
}
