package org.pagereel.recorder;

import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * What is to be recorded and how; every number is checked here, once, for every face.
 *
 * @param id names the recording in labels and folders: letters, digits, {@code -} and {@code _}
 * @param attempt 1 for the first try; part of every file name, so a later try overwrites nothing
 * @param url the page: http or https
 * @param fps frames per second at the most, 5 to 60
 * @param bitrateKbps average video bitrate in kbit/s, 50 to 8000
 * @param readyTimeout how long the page may take to be ready, 1 s to 10 min
 * @param hold open the page and wait for {@code release} before the first slice
 * @param sliceDuration length of one HLS slice, 1 s to 60 s
 * @param maxVideoDuration a new MP4 begins after this much, 1 min to 24 h
 * @param maxVideoBytes a new MP4 begins before this size
 * @param predecessor why the attempt before this one ended; this one goes on in its folder
 * @param leavesFilesToNext another attempt follows if this one fails, so it leaves the files as
 *     they are
 * @param losslessCopy for measuring quality: also keep the encoder's input, losslessly
 * @param streams each participant's stream is recorded too; null for the page alone
 * @param folder where slices, playlist, MP4 and report go
 */
public record RecordingRequest(
    String id,
    int attempt,
    String url,
    PageSize size,
    int fps,
    int bitrateKbps,
    SoundProfile sound,
    ReadySignal ready,
    Duration readyTimeout,
    boolean hold,
    Duration sliceDuration,
    Duration maxVideoDuration,
    long maxVideoBytes,
    @Nullable String predecessor,
    boolean leavesFilesToNext,
    boolean losslessCopy,
    @Nullable StreamsPlan streams,
    Path folder) {

  public static final Duration DEFAULT_SLICE = Duration.ofSeconds(15);
  public static final Duration DEFAULT_MAX_VIDEO = Duration.ofHours(2);
  public static final long DEFAULT_MAX_BYTES = 2_000_000_000L;

  public RecordingRequest {
    if (!id.matches("[A-Za-z0-9_-]{1,40}")) {
      throw new IllegalArgumentException(
          "id is '" + id + "'; allowed are 1 to 40 letters, digits, - and _");
    }
    requireHttp(url);
    range("attempt", attempt, 1, 1_000_000);
    range("fps", fps, 5, 60);
    range("bitrate", bitrateKbps, 50, 8000);
    range("ready-timeout", readyTimeout, Duration.ofSeconds(1), Duration.ofMinutes(10));
    range("slice duration", sliceDuration, Duration.ofSeconds(1), Duration.ofSeconds(60));
    range("maxVideoDuration", maxVideoDuration, Duration.ofMinutes(1), Duration.ofHours(24));
    range("maxVideoBytes", maxVideoBytes, 10_000_000L, 100_000_000_000L);
  }

  /** The page alone, in stereo, cut as usual, by one attempt that begins when the page is ready. */
  public static RecordingRequest of(
      String id,
      String url,
      PageSize size,
      int fps,
      int bitrateKbps,
      ReadySignal ready,
      Duration readyTimeout,
      Path folder) {
    return new RecordingRequest(
        id,
        1,
        url,
        size,
        fps,
        bitrateKbps,
        SoundProfile.STEREO,
        ready,
        readyTimeout,
        false,
        DEFAULT_SLICE,
        DEFAULT_MAX_VIDEO,
        DEFAULT_MAX_BYTES,
        null,
        false,
        false,
        null,
        folder);
  }

  private static void requireHttp(String url) {
    try {
      URI uri = new URI(url);
      String scheme = uri.getScheme() == null ? "" : uri.getScheme().toLowerCase(Locale.ROOT);
      if (!scheme.equals("http") && !scheme.equals("https")) {
        throw new IllegalArgumentException(
            "url is '"
                + ShownAddress.of(url)
                + "'; allowed are addresses that begin with http:// or https://");
      }
      if (uri.getHost() == null) {
        throw new IllegalArgumentException(
            "url is '" + ShownAddress.of(url) + "'; it names no host");
      }
    } catch (URISyntaxException e) {
      throw new IllegalArgumentException(
          "url is '" + ShownAddress.of(url) + "'; " + e.getReason(), e);
    }
  }

  private static <T extends Comparable<T>> void range(String field, T value, T min, T max) {
    if (value.compareTo(min) < 0 || value.compareTo(max) > 0) {
      throw new IllegalArgumentException(
          "%s is %s; allowed are %s to %s".formatted(field, show(value), show(min), show(max)));
    }
  }

  private static Object show(Object value) {
    return value instanceof Duration duration ? Durations.text(duration) : value;
  }
}
