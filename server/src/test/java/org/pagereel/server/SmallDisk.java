package org.pagereel.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.FileStore;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** A small disk of its own, which can be full; without root a folder, which never is. */
public final class SmallDisk implements AutoCloseable {
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
        exitOf("mount", "-t", "tmpfs", "-o", size, "pagereel-disk", folder.toString()) == 0;
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
    exitOf("mount", "-o", "remount,size=" + (used + bytes) / 1024 + "k", folder.toString());
  }

  /** There is room again. */
  public void empty() throws IOException {
    assertThat(exitOf("mount", "-o", "remount," + size, folder.toString())).isZero();
  }

  private static int exitOf(String... words) throws IOException {
    Process process =
        new ProcessBuilder(List.of(words))
            .redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
            .start();
    try {
      return process.waitFor();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return -1;
    }
  }

  @Override
  public void close() throws IOException {
    if (isMounted) {
      assertThat(exitOf("umount", folder.toString())).isZero();
    }
  }
}
