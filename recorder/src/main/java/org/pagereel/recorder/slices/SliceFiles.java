package org.pagereel.recorder.slices;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** The names of slices: no attempt overwrites another's. */
public final class SliceFiles {
  private static final Pattern NAME = Pattern.compile("page-(\\d{1,7})-(\\d{1,9})\\.ts");

  private SliceFiles() {}

  /**
   * What a name says.
   *
   * @param number from 0 within its attempt
   */
  public record Name(String file, int attempt, int number) {}

  static String name(int attempt, int number) {
    return String.format(Locale.ROOT, "page-%d-%05d.ts", attempt, number);
  }

  /** The slices in a folder, in the order of their attempts and numbers. */
  public static List<Name> in(Path folder) throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files
          .map(file -> NAME.matcher(file.getFileName().toString()))
          .filter(Matcher::matches)
          .map(name ->
              new Name(
                  name.group(), Integer.parseInt(name.group(1)), Integer.parseInt(name.group(2))))
          .sorted(java.util.Comparator.comparingInt(Name::attempt).thenComparingInt(Name::number))
          .toList();
    }
  }
}
