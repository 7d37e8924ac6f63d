package org.pagereel.server.platform.node;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import java.util.Set;

/** From {@code /proc} and the control groups. */
final class LinuxReadings implements Readings {
  private static final long TICK_NANOS = 10_000_000;

  private final Path root;
  private final ControlGroup group;

  /** Of files below this root, which is {@code /} on a machine. */
  LinuxReadings(Path root) {
    this.root = root;
    this.group = ControlGroup.of(root);
  }

  @Override
  public long nanos() {
    return System.nanoTime();
  }

  /** The JVM rounds a limit of 1.5 up to 2; the machine's own lines in this file do not lie. */
  @Override
  public double cores() {
    long lines =
        SystemFiles.lines(stat()).stream().filter(line -> line.matches("cpu\\d+ .*")).count();
    return lines == 0 ? Runtime.getRuntime().availableProcessors() : lines;
  }

  @Override
  public long busyNanos() {
    // cpu user nice system idle iowait irq softirq steal …
    List<String> words = SystemFiles.words(stat());
    long busy = 0;
    for (int place : new int[] {1, 3, 6, 7, 8}) {
      busy += place < words.size() ? Long.parseLong(words.get(place)) : 0;
    }
    return busy * TICK_NANOS;
  }

  @Override
  public OptionalDouble groupCores() {
    return group.cores();
  }

  @Override
  public OptionalLong groupNanos() {
    return group.usedNanos();
  }

  @Override
  public long availableBytes() {
    OptionalLong kilobytes = SystemFiles.number(root.resolve("proc/meminfo"), "MemAvailable");
    long machine = kilobytes.isPresent() ? kilobytes.getAsLong() * 1024 : Long.MAX_VALUE;
    return Math.min(machine, group.availableBytes().orElse(Long.MAX_VALUE));
  }

  @Override
  public Map<Long, ProcessTable.Use> trees(Set<Long> roots) {
    return roots.isEmpty() ? Map.of() : ProcessTable.read(root.resolve("proc")).trees(roots);
  }

  private Path stat() {
    return root.resolve("proc/stat");
  }
}
