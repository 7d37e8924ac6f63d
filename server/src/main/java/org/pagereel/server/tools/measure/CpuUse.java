package org.pagereel.server.tools.measure;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** Processor time that the processes of a recording have used so far, by what they are for. */
public record CpuUse(long nanos, Map<Part, Double> seconds) {
  /** The part that a process has in a recording. */
  public enum Part {
    BROWSER,
    SCREEN,
    SOUND,
    RECORDER
  }

  /** The kernel counts in these (USER_HZ is 100 on every Linux that Java runs on). */
  private static final double TICKS_PER_SECOND = 100;

  /** The process and all its descendants, now. */
  public static CpuUse ofTree(ProcessHandle root) {
    return of(Stream.concat(Stream.of(root), root.descendants()).toList());
  }

  public static CpuUse of(List<ProcessHandle> processes) {
    Map<Part, Double> seconds = new EnumMap<>(Part.class);
    for (Part part : Part.values()) {
      seconds.put(part, 0.0);
    }
    for (ProcessHandle process : processes) {
      seconds.merge(partOf(process), secondsOf(process), Double::sum);
    }
    return new CpuUse(System.nanoTime(), seconds);
  }

  /** Processors in use on average since the earlier sample. */
  public Map<Part, Double> coresSince(CpuUse earlier) {
    double wall = Duration.ofNanos(nanos - earlier.nanos).toNanos() / 1e9;
    Map<Part, Double> cores = new EnumMap<>(Part.class);
    seconds.forEach(
        (part, used) -> cores.put(part, (used - earlier.seconds.getOrDefault(part, 0.0)) / wall));
    return cores;
  }

  /** All parts together. */
  public static double total(Map<Part, Double> cores) {
    return cores.values().stream().mapToDouble(Double::doubleValue).sum();
  }

  private static Part partOf(ProcessHandle process) {
    String name = read(process.pid(), "comm").strip();
    return switch (name) {
      case "Xvfb" -> Part.SCREEN;
      case "pulseaudio" -> Part.SOUND;
      case "java", "ffmpeg", "gst-launch-1.0" -> Part.RECORDER;
      default -> Part.BROWSER; // Chromium's many, and Playwright's node that drives it
    };
  }

  private static double secondsOf(ProcessHandle process) {
    String stat = read(process.pid(), "stat");
    int afterName = stat.lastIndexOf(')');
    if (afterName < 0) {
      return 0;
    }
    // Fields of proc(5) from the third on: utime is the 14th, stime the 15th.
    List<String> fields = List.of(stat.substring(afterName + 2).split(" ", -1));
    return (Long.parseLong(fields.get(11)) + Long.parseLong(fields.get(12))) / TICKS_PER_SECOND;
  }

  private static String read(long pid, String file) {
    try {
      return Files.readString(
          Path.of("/proc", String.valueOf(pid), file), StandardCharsets.ISO_8859_1);
    } catch (IOException e) {
      return ""; // it ended meanwhile
    }
  }
}
