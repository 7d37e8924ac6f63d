package org.pagereel.recorder.mix;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What is not in a mix, and why; told by the threads for picture and for sound. */
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
