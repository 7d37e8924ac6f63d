package org.pagereel.server.platform.node;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;

/** The processors and memory of this machine and their use, from {@code /proc}. */
final class MachineLoad {
  private long lastBusy;
  private long lastTotal;
  private double busyShare;

  int cores() {
    return Runtime.getRuntime().availableProcessors();
  }

  /**
   * Cores in use since the last call, at least a second ago. What runs with a lower priority gives
   * way to whoever needs the core, and does not count.
   */
  synchronized double busyCores() {
    long[] ticks = cpuTicks();
    if (ticks[1] - lastTotal >= 50L * cores()) {
      busyShare = (ticks[0] - lastBusy) / (double) (ticks[1] - lastTotal);
      lastBusy = ticks[0];
      lastTotal = ticks[1];
    }
    return busyShare * cores();
  }

  long availableBytes() {
    try (Stream<String> lines = Files.lines(Path.of("/proc/meminfo"))) {
      return lines
          .filter(line -> line.startsWith("MemAvailable:"))
          .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")) * 1024)
          .findFirst()
          .orElse(Long.MAX_VALUE);
    } catch (IOException e) {
      return Long.MAX_VALUE;
    }
  }

  /** Busy and all ticks of all cores since the machine started. */
  private static long[] cpuTicks() {
    try (Stream<String> lines = Files.lines(Path.of("/proc/stat"))) {
      String[] words = lines.findFirst().orElse("cpu 0 0 0 0 0").strip().split("\\s+", -1);
      long total = 0;
      for (int i = 1; i < words.length; i++) {
        total += Long.parseLong(words[i]);
      }
      long idle = Long.parseLong(words[4]) + (words.length > 5 ? Long.parseLong(words[5]) : 0);
      long yielding = Long.parseLong(words[2]);
      return new long[] {total - idle - yielding, total};
    } catch (IOException e) {
      return new long[] {0, 0};
    }
  }
}
