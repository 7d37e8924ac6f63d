package org.pagereel.recorder.mix;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The parts that are missing in a mix, and why; the threads for picture and for sound add to it.
 */
final class Missing {
  private final Map<Path, String> reasons = new LinkedHashMap<>();

  synchronized void add(Path file, String reason) {
    reasons.putIfAbsent(file, reason);
  }

  synchronized List<String> inWords() {
    return reasons.entrySet().stream()
        .map(entry -> entry.getKey().getFileName() + ": " + entry.getValue())
        .toList();
  }
}
