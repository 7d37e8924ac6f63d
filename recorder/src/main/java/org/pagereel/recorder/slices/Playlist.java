package org.pagereel.recorder.slices;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.pagereel.recorder.WholeFile;

/**
 * The HLS playlist (RFC 8216) of the finished slices; playable while the recording runs. It grows
 * at its end, because a day has 5,760 slices.
 */
public final class Playlist {
  public static final String FILE = "page.m3u8";

  /** A slice ends with a picture, and a page at rest gives one a second. */
  private static final int LATE_SECONDS = 1;

  private final Path file;
  private final Duration target;
  private @Nullable Slice last;
  private long longest;

  /**
   * The playlist in this folder.
   *
   * @param target the slices' length
   */
  public Playlist(Path folder, Duration target) {
    this.file = folder.resolve(FILE);
    this.target = target;
  }

  /**
   * Adds a slice.
   *
   * @param all slices so far, with this one: the whole is written where it cannot just grow
   */
  public void add(Slice slice, List<Slice> all) throws IOException {
    Slice before = last;
    if (before == null || seconds(slice) > longest) {
      write(all, false);
      return;
    }
    Files.writeString(
        file,
        entry(slice, before.attempt() != slice.attempt()),
        StandardCharsets.UTF_8,
        StandardOpenOption.APPEND);
    last = slice;
  }

  /** There will be no more slices than these. */
  public void end(List<Slice> all) throws IOException {
    write(all, true);
  }

  private void write(List<Slice> all, boolean ended) throws IOException {
    WholeFile.write(file, text(all, target, ended));
    last = all.getLast();
    longest = longest(all, target);
  }

  static String text(List<Slice> slices, Duration target, boolean ended) {
    StringBuilder text = new StringBuilder();
    text.append("#EXTM3U\n#EXT-X-VERSION:6\n#EXT-X-TARGETDURATION:");
    text.append(longest(slices, target));
    text.append("\n#EXT-X-MEDIA-SEQUENCE:0\n#EXT-X-PLAYLIST-TYPE:EVENT\n");
    text.append("#EXT-X-INDEPENDENT-SEGMENTS\n");
    int attempt = slices.isEmpty() ? 0 : slices.getFirst().attempt();
    for (Slice slice : slices) {
      text.append(entry(slice, slice.attempt() != attempt));
      attempt = slice.attempt();
    }
    if (ended) {
      text.append("#EXT-X-ENDLIST\n");
    }
    return text.toString();
  }

  private static long longest(List<Slice> slices, Duration target) {
    return slices.stream()
        .mapToLong(Playlist::seconds)
        .reduce(target.toSeconds() + LATE_SECONDS, Math::max);
  }

  private static long seconds(Slice slice) {
    return Math.round(slice.duration().toMillis() / 1000.0);
  }

  private static String entry(Slice slice, boolean isCut) {
    return (isCut ? "#EXT-X-DISCONTINUITY\n" : "")
        + "#EXT-X-PROGRAM-DATE-TIME:"
        + slice.startedAt()
        + String.format(Locale.ROOT, "\n#EXTINF:%.6f,\n", slice.duration().toNanos() / 1e9)
        + slice.file()
        + "\n";
  }
}
