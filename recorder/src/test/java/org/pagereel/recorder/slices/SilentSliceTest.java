package org.pagereel.recorder.slices;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.pagereel.recorder.av.FfmpegTool;
import org.pagereel.recorder.av.MediaCheck;

/** A recorder that was killed before its first sound leaves a slice that announces sound only. */
class SilentSliceTest {
  @TempDir Path folder;

  @Test
  void itsMp4HasPicturesOnly() throws Exception {
    String name = "page-1-00000.ts";
    String words =
        "-f lavfi -i testsrc=s=320x240:r=30:d=2 -f lavfi -i anullsrc=r=48000:d=2 -c:v libx264 -bf 0"
            + " -c:a aac -output_ts_offset 1 -mpegts_copyts 1 -bsf:a noise=drop=1 "
            + name;
    Process made =
        FfmpegTool.ffmpeg(List.of(words.split(" "))).directory(folder.toFile()).inheritIO().start();
    assertThat(made.waitFor()).isZero();
    Path file = folder.resolve(name);
    Slice slice = SliceRepair.repair(file, 1, 0, Duration.ZERO, Instant.EPOCH).orElseThrow();
    Path mp4 = folder.resolve("page.mp4");
    Mp4.make(folder, List.of(slice), mp4);
    assertThat(MediaCheck.play(mp4).toMillis()).isCloseTo(2000, within(100L));
  }
}
