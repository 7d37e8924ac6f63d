package org.pagereel.recorder.wire;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.pagereel.recorder.Report.SliceEntry;

class SliceLogTest {
  @TempDir Path folder;

  private static SliceEntry slice(int number) {
    return new SliceEntry(
        "page-1-0000%d.ts".formatted(number),
        1,
        number,
        15.0 * number,
        15,
        Instant.EPOCH,
        100,
        null);
  }

  @Test
  void growsAndEnds() throws Exception {
    assertThat(SliceLog.find(folder)).isEmpty();
    SliceLog.begin(folder, List.of(slice(0)));
    SliceLog.add(folder, slice(1));
    assertThat(SliceLog.find(folder).orElseThrow()).containsExactly(slice(0), slice(1));
    SliceLog.end(folder);
    assertThat(SliceLog.find(folder)).isEmpty();
  }

  /** A machine that loses its power: what follows half a line is not trusted either. */
  @Test
  void halfALineIsNone() throws Exception {
    SliceLog.begin(folder, List.of(slice(0), slice(1)));
    Path file = folder.resolve(SliceLog.FILE);
    Files.writeString(file, "{\"file\":\"page-1-000", StandardOpenOption.APPEND);
    assertThat(SliceLog.find(folder).orElseThrow()).containsExactly(slice(0), slice(1));
  }
}
