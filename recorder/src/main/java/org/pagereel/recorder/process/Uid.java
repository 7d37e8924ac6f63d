package org.pagereel.recorder.process;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;

/** Numbers of accounts; an account need not have a name. */
final class Uid {
  private Uid() {}

  /** The account of this process. */
  static int own() throws IOException {
    return (int) Files.getAttribute(Path.of("/proc/self"), "unix:uid");
  }

  /** The owner of a file; of a link, not of what it points to. */
  static int of(Path path) throws IOException {
    return (int) Files.getAttribute(path, "unix:uid", LinkOption.NOFOLLOW_LINKS);
  }
}
