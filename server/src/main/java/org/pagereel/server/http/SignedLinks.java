package org.pagereel.server.http;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** Links to a recording's files that work without a token, until they expire. */
public final class SignedLinks {
  private static final Duration LIFE = Duration.ofDays(7);

  private final byte[] key;
  private final String base;

  /**
   * Makes links.
   *
   * @param base this server as clients reach it, without a slash at the end
   */
  public SignedLinks(byte[] key, String base) {
    this.key = key.clone();
    this.base = base;
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
