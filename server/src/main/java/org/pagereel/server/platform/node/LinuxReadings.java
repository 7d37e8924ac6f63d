package org.pagereel.server.platform.node;

import java.nio.file.Path;
import java.util.BitSet;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import java.util.Set;
import java.util.stream.Stream;

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

  /** Those on which this process may run: a cpuset or {@code taskset} may leave it only some. */
  @Override
  public double cores() {
    long mine = mine().count();
    return mine == 0 ? Runtime.getRuntime().availableProcessors() : mine;
  }

  @Override
  public long busyNanos() {
    return mine().mapToLong(LinuxReadings::busyTicks).sum() * TICK_NANOS;
  }

  /** The lines of {@code /proc/stat} about the processors on which this process may run. */
  private Stream<String[]> mine() {
    BitSet allowed = allowed();
    return SystemFiles.lines(root.resolve("proc/stat")).stream()
        .filter(line -> line.matches("cpu\\d+ .*"))
        .map(line -> line.split("\\s+", -1))
        .filter(words -> allowed.isEmpty() || allowed.get(Integer.parseInt(words[0].substring(3))));
  }

  private static long busyTicks(String[] words) {
    // cpu0 user nice system idle iowait irq softirq steal …
    long busy = 0;
    for (int place : new int[] {1, 3, 6, 7, 8}) {
      busy += place < words.length ? Long.parseLong(words[place]) : 0;
    }
    return busy;
  }

  /** From a list such as {@code 0-3,8}; empty if it is not known. */
  private BitSet allowed() {
    BitSet allowed = new BitSet();
    for (String line : SystemFiles.lines(root.resolve("proc/self/status"))) {
      if (line.startsWith("Cpus_allowed_list:")) {
        for (String range : line.substring(line.indexOf(':') + 1).strip().split(",", -1)) {
          String[] ends = range.split("-", 2);
          int first = Integer.parseInt(ends[0]);
          allowed.set(first, (ends.length > 1 ? Integer.parseInt(ends[1]) : first) + 1);
        }
      }
    }
    return allowed;
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
}
