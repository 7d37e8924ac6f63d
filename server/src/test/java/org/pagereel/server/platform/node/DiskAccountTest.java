package org.pagereel.server.platform.node;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.pagereel.recorder.FreeDisk;

/** What is promised to recordings is given to nobody else. */
class DiskAccountTest {
  private static final long MB = 1_000_000;

  /** Others write to this disk, too. */
  private static final long NOISE = 200 * MB;

  @TempDir Path folder;

  @Test
  void recordingsComeFirst() {
    DiskAccount disk = new DiskAccount(folder.resolve("not/yet/there"));
    long free = FreeDisk.bytes(folder);
    assertThat(disk.leftForOthers()).isCloseTo(free, within(NOISE));
    disk.promise("one", new DiskAccount.Appetite(MB, 1));
    assertThat(disk.leftForOthers())
        .as("ten minutes, and their MP4")
        .isCloseTo(free - 1200 * MB, within(NOISE));
    disk.needs("one", 500 * MB);
    assertThat(disk.leftForOthers())
        .as("what it has written will be written again")
        .isCloseTo(free - 1700 * MB, within(NOISE));
    disk.promise("mixed", new DiskAccount.Appetite(MB, 3));
    disk.needs("mixed", 300 * MB);
    assertThat(disk.neededByOthers("one")).isEqualTo(300 * MB);
    assertThat(disk.neededByOthers("mixed")).isEqualTo(500 * MB);
    disk.finishes("one", () -> 450 * MB);
    assertThat(disk.neededByOthers("mixed")).as("what is not made yet").isEqualTo(50 * MB);
    assertThat(disk.hasRoomFor(new DiskAccount.Appetite(free / 100, 1))).isFalse();
    disk.forget("one");
    disk.forget("mixed");
    assertThat(disk.leftForOthers()).isCloseTo(free, within(NOISE));
  }
}
