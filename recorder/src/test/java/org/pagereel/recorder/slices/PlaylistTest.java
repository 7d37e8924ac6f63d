package org.pagereel.recorder.slices;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PlaylistTest {
  private static final Duration TARGET = Duration.ofSeconds(15);

  @TempDir Path folder;

  @Test
  void aLivePlaylistHasNoEnd() {
    String text = Playlist.text(List.of(slice(0, 15_033)), TARGET, false);
    assertThat(text)
        .isEqualTo(
            """
            #EXTM3U
            #EXT-X-VERSION:6
            #EXT-X-TARGETDURATION:16
            #EXT-X-MEDIA-SEQUENCE:0
            #EXT-X-PLAYLIST-TYPE:EVENT
            #EXT-X-INDEPENDENT-SEGMENTS
            #EXT-X-PROGRAM-DATE-TIME:2026-01-01T00:00:00Z
            #EXTINF:15.033000,
            page-1-00000.ts
            """);
  }

  @Test
  void aFinishedOneEndsAndCoversItsLongestSlice() {
    String text = Playlist.text(List.of(slice(0, 15_000), slice(1, 18_600)), TARGET, true);
    assertThat(text).contains("#EXT-X-TARGETDURATION:19\n").endsWith("#EXT-X-ENDLIST\n");
  }

  @Test
  void anotherAttemptIsADiscontinuity() {
    String text =
        Playlist.text(
            List.of(slice(1, 0, 9000), slice(2, 0, 9000), slice(2, 1, 9000)), TARGET, true);
    assertThat(text.split("#EXT-X-DISCONTINUITY\n", -1)).hasSize(2);
    assertThat(text.indexOf("DISCONTINUITY"))
        .isBetween(text.indexOf("page-1"), text.indexOf("page-2"));
  }

  /** One that grows says at each step what a whole one would. */
  @Test
  void itGrows() throws Exception {
    Playlist playlist = new Playlist(folder, TARGET);
    List<Slice> all = new ArrayList<>();
    List<Slice> coming =
        List.of(
            slice(1, 0, 15_000),
            slice(1, 1, 15_000),
            slice(1, 2, 18_600), // longer than all before
            slice(1, 3, 15_000),
            slice(2, 0, 9000),
            slice(2, 1, 9000));
    for (Slice slice : coming) {
      all.add(slice);
      playlist.add(slice, all);
      assertThat(folder.resolve(Playlist.FILE)).hasContent(Playlist.text(all, TARGET, false));
    }
    playlist.end(all);
    assertThat(folder.resolve(Playlist.FILE)).hasContent(Playlist.text(all, TARGET, true));
  }

  @Test
  void anMp4EndsBeforeItIsTooLongOrTooLarge() {
    List<Slice> slices = List.of(slice(0, 15_000), slice(1, 15_000), slice(2, 15_000));
    assertThat(Mp4.split(slices, Duration.ofSeconds(30), 1_000_000, Set.of())).hasSize(2);
    assertThat(Mp4.split(slices, Duration.ofSeconds(60), 250, Set.of())).hasSize(2);
    assertThat(Mp4.split(slices, Duration.ofSeconds(5), 1_000_000, Set.of())).hasSize(3);
    assertThat(Mp4.split(slices, Duration.ofHours(1), 1_000_000, Set.of())).hasSize(1);
    assertThat(Mp4.name(0)).isEqualTo("page.mp4");
    assertThat(Mp4.name(1)).isEqualTo("page-2.mp4");
  }

  private static Slice slice(int number, int millis) {
    return slice(1, number, millis);
  }

  private static Slice slice(int attempt, int number, int millis) {
    return new Slice(
        "page-%d-%05d.ts".formatted(attempt, number),
        attempt,
        number,
        Duration.ofSeconds(15L * number),
        Duration.ofMillis(millis),
        Instant.parse("2026-01-01T00:00:00Z"),
        100,
        Duration.ZERO);
  }
}
