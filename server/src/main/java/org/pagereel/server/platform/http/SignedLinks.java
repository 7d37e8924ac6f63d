package org.pagereel.server.platform.http;

import io.javalin.http.Context;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** Links to a recording's files that work without a token, until they expire. */
public final class SignedLinks {
  private static final Duration LIFE = Duration.ofDays(7);

  private final byte[] key;
  private final OwnAddress server;
  private final String base;

  /** Makes links for whoever is told without asking. */
  public SignedLinks(byte[] key, OwnAddress server) {
    this(key, server, server.unasked());
  }

  private SignedLinks(byte[] key, OwnAddress server, String base) {
    this.key = key.clone();
    this.server = server;
    this.base = base;
  }

  /** The links of an answer: they name this server as its client did. */
  public SignedLinks in(Context context) {
    return new SignedLinks(key, server, server.of(context));
  }

  /** The whole address of a file. */
  public String to(String recordingId, String file, Instant now) {
    return base + "/recordings/" + recordingId + "/" + file + "?" + query(recordingId, now);
  }

  /** The query that opens all files of the recording. */
  private String query(String recordingId, Instant now) {
    // Whole days, so that a playlist that is read again and again keeps its addresses.
    long day = Duration.ofDays(1).toSeconds();
    long expires = (now.plus(LIFE).getEpochSecond() / day + 1) * day;
    return "e=" + expires + "&s=" + signature(recordingId, expires);
  }

  /** Whether the query's values open the recording's files now. */
  public boolean opens(
      String recordingId, @Nullable String expires, @Nullable String signature, Instant now) {
    if (expires == null || signature == null || !expires.matches("\\d{1,12}")) {
      return false;
    }
    long until = Long.parseLong(expires);
    return until >= now.getEpochSecond()
        && MessageDigest.isEqual(
            signature(recordingId, until).getBytes(StandardCharsets.US_ASCII),
            signature.getBytes(StandardCharsets.UTF_8));
  }

  private String signature(String recordingId, long expires) {
    return Hmac.hex("HmacSHA256", key, recordingId + "\n" + expires);
  }
}
