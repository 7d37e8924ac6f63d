package org.pagereel.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.FileStore;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.pagereel.recorder.process.Program;

/** A small disk of its own, which can be full; without root a folder, which never is. */
public final class SmallDisk implements AutoCloseable {
  private static final Duration DEADLINE = Duration.ofSeconds(20);

  private final Path folder;
  private final String size;
  private final boolean isMounted;

  private SmallDisk(Path folder, String size, boolean isMounted) {
    this.folder = folder;
    this.size = size;
    this.isMounted = isMounted;
  }

  /** One of so many MiB, in a folder below this one. */
  public static SmallDisk of(Path parent, int mebibytes) throws IOException {
    Path folder = Files.createDirectories(parent.resolve("disk"));
    String size = "size=" + mebibytes + "m";
    boolean isMounted =
        Program.succeeds(
            DEADLINE, "mount", "-t", "tmpfs", "-o", size, "pagereel-disk", folder.toString());
    return new SmallDisk(folder, size, isMounted);
  }

  public Path folder() {
    return folder;
  }

  public boolean canBeFull() {
    return isMounted;
  }

  /** From now on there is no room, until {@link #empty}. */
  public void fill() throws IOException {
    leave(0);
  }

  /** From now on there is only so much room, in bytes. */
  public void leave(long bytes) throws IOException {
    FileStore disk = Files.getFileStore(folder);
    long used = disk.getTotalSpace() - disk.getUsableSpace();
    var _ =
        Program.succeeds(
            DEADLINE,
            "mount",
            "-o",
            "remount,size=" + (used + bytes) / 1024 + "k",
            folder.toString());
  }

  /** There is room again. */
  public void empty() throws IOException {
    assertThat(Program.succeeds(DEADLINE, "mount", "-o", "remount," + size, folder.toString()))
        .isTrue();
  }

  @Override
  public void close() throws IOException {
    if (isMounted) {
      assertThat(Program.succeeds(DEADLINE, "umount", folder.toString())).isTrue();
    }
  }
}
