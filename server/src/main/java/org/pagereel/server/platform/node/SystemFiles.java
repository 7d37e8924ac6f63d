package org.pagereel.server.platform.node;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalLong;

/** Small files by which the kernel tells figures; a file that is not there tells nothing. */
final class SystemFiles {
  private SystemFiles() {}

  static List<String> lines(Path file) {
    try {
      return Files.readAllLines(file, StandardCharsets.ISO_8859_1);
    } catch (IOException e) {
      return List.of();
    }
  }

  /** The words of the first line. */
  static List<String> words(Path file) {
    List<String> lines = lines(file);
    return lines.isEmpty() ? List.of() : Arrays.asList(lines.getFirst().strip().split("\\s+", -1));
  }

  /** A file that has one number; empty if it has something else, such as {@code max}. */
  static OptionalLong number(Path file) {
    List<String> words = words(file);
    return words.isEmpty() ? OptionalLong.empty() : number(words.getFirst());
  }

  /** The number behind a name, in a file of a name and a number a line. */
  static OptionalLong number(Path file, String name) {
    for (String line : lines(file)) {
      String[] words = line.strip().split("[\\s:]+", -1);
      if (words.length > 1 && words[0].equals(name)) {
        return number(words[1]);
      }
    }
    return OptionalLong.empty();
  }

  static OptionalLong number(String word) {
    try {
      return OptionalLong.of(Long.parseLong(word));
    } catch (NumberFormatException e) {
      return OptionalLong.empty();
    }
  }
}
