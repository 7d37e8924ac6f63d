package org.pagereel.recorder.slices;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.pagereel.recorder.av.FfmpegTool;
import org.pagereel.recorder.av.MediaCheck;

/** A recording passes the moment, after 26.5 hours, when MPEG-TS time stamps start over. */
class LongRecordingTest {
  /** The moment is 95442.7 s of media time; FFmpeg itself bridges the last minute before it. */
  private static final int START = 95_350;

  private static final int SLICE = 35;

  @TempDir Path folder;

  @BeforeEach
  void makeThreeSlices() throws Exception {
    String words =
        "-f lavfi -i testsrc=s=320x240:r=5:d=105 -f lavfi -i sine=r=48000:d=105"
            + " -c:v libx264 -bf 0 -g 175 -c:a aac -output_ts_offset "
            + (START + 1)
            + " -f segment -segment_time 35 -segment_format_options mpegts_copyts=1 page-1-%05d.ts";
    Process made =
        FfmpegTool.ffmpeg(List.of(words.split(" "))).directory(folder.toFile()).inheritIO().start();
    assertThat(made.waitFor()).isZero();
  }

  @Test
  void itsMp4GoesOnOverTheMoment() throws Exception {
    Path mp4 = folder.resolve("page.mp4");
    Mp4.make(folder, List.of(slice(0), slice(1), slice(2)), mp4);
    assertThat(MediaCheck.play(mp4).toMillis()).isCloseTo(105_000, within(100L));
  }

  @Test
  void itsOpenSliceIsRepairedOverTheMoment() throws Exception {
    Slice whole = slice(2);
    Path file = folder.resolve(whole.file());
    Duration expected = whole.start().minusSeconds(1);
    Slice repaired = SliceRepair.repair(file, 1, 2, expected, Instant.EPOCH).orElseThrow();
    assertThat(repaired.start()).isEqualTo(whole.start());
    assertThat(repaired.duration().toMillis()).isCloseTo(35_000, within(400L));
  }

  private Slice slice(int number) throws Exception {
    String name = "page-1-%05d.ts".formatted(number);
    Duration start = Duration.ofSeconds(START + number * SLICE);
    long bytes = Files.size(folder.resolve(name));
    return new Slice(
        name, 1, number, start, Duration.ofSeconds(SLICE), Instant.EPOCH, bytes, Duration.ZERO);
  }
}
