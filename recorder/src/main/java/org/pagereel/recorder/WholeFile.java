package org.pagereel.recorder;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;

/** Writes a small file so that readers see the old or the new one, never a part. */
public final class WholeFile {
  private WholeFile() {}

  public static void write(Path file, String text) throws IOException {
    Path fresh = file.resolveSibling("." + file.getFileName() + ".new");
    try {
      Files.write(fresh, text.getBytes(StandardCharsets.UTF_8)); // half a character is no failure
      Files.move(fresh, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    } finally {
      Files.deleteIfExists(fresh);
    }
  }
}
