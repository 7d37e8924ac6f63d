package org.pagereel.recorder.slices;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import org.pagereel.recorder.WholeFile;

/** The HLS playlist (RFC 8216) of the finished slices; playable while the recording runs. */
public final class Playlist {
  public static final String FILE = "page.m3u8";

  /** A slice ends with a picture, and a page at rest gives one a second. */
  private static final int LATE_SECONDS = 1;

  private Playlist() {}

  /** Replaces the playlist as a whole, so that no reader ever sees half of it. */
  public static void write(Path folder, List<Slice> slices, Duration target, boolean ended)
      throws IOException {
    WholeFile.write(folder.resolve(FILE), text(slices, target, ended));
  }

  static String text(List<Slice> slices, Duration target, boolean ended) {
    long longest =
        slices.stream()
            .mapToLong(slice -> Math.round(slice.duration().toMillis() / 1000.0))
            .reduce(target.toSeconds() + LATE_SECONDS, Math::max);
    StringBuilder text = new StringBuilder();
    text.append("#EXTM3U\n#EXT-X-VERSION:6\n#EXT-X-TARGETDURATION:").append(longest);
    text.append("\n#EXT-X-MEDIA-SEQUENCE:0\n#EXT-X-PLAYLIST-TYPE:EVENT\n");
    text.append("#EXT-X-INDEPENDENT-SEGMENTS\n");
    int attempt = slices.isEmpty() ? 0 : slices.getFirst().attempt();
    for (Slice slice : slices) {
      if (slice.attempt() != attempt) {
        attempt = slice.attempt();
        text.append("#EXT-X-DISCONTINUITY\n");
      }
      text.append("#EXT-X-PROGRAM-DATE-TIME:").append(slice.startedAt()).append('\n');
      double seconds = slice.duration().toNanos() / 1e9;
      text.append(String.format(Locale.ROOT, "#EXTINF:%.6f,\n", seconds));
      text.append(slice.file()).append('\n');
    }
    if (ended) {
      text.append("#EXT-X-ENDLIST\n");
    }
    return text.toString();
  }
}
