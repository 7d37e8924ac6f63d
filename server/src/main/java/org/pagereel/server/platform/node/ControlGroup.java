package org.pagereel.server.platform.node;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;

/**
 * The limits of the control groups that this process is in, and what of them is used: of version 2,
 * or of version 1, as the machine has it. In a container they stand for the machine.
 *
 * <p>A group's parents limit it, too: the tightest limit counts.
 */
final class ControlGroup {
  /** Version 1 says "no limit" by a number that no machine has. */
  private static final long NO_LIMIT = 1L << 60;

  /** Bytes that the kernel takes back when somebody needs them. */
  private static final String CACHE_V2 = "inactive_file";

  private static final String CACHE_V1 = "total_inactive_file";

  private final List<Path> processors;
  private final List<Path> accounts;
  private final List<Path> memory;

  private ControlGroup(List<Path> processors, List<Path> accounts, List<Path> memory) {
    this.processors = processors;
    this.accounts = accounts;
    this.memory = memory;
  }

  /**
   * That of this process.
   *
   * @param root of the files that the kernel shows: {@code /}
   */
  static ControlGroup of(Path root) {
    return new ControlGroup(levels(root, "cpu"), levels(root, "cpuacct"), levels(root, "memory"));
  }

  /** The processors that the group may use, such as 1.5; empty if nothing limits it. */
  OptionalDouble cores() {
    return tightest().map(Limit::cores).map(OptionalDouble::of).orElse(OptionalDouble.empty());
  }

  /** The processor time of all that shares the tightest limit, in ns; empty without a limit. */
  OptionalLong usedNanos() {
    Optional<Limit> limit = tightest();
    if (limit.isEmpty()) {
      return OptionalLong.empty();
    }
    Path level = limit.get().level();
    OptionalLong micros = SystemFiles.number(level.resolve("cpu.stat"), "usage_usec");
    if (micros.isPresent()) {
      return OptionalLong.of(micros.getAsLong() * 1000);
    }
    // Version 1 counts in a tree of its own, which has the same groups.
    int above = processors.size() - 1 - processors.indexOf(level);
    int place = accounts.size() - 1 - above;
    return place < 0
        ? OptionalLong.empty()
        : SystemFiles.number(accounts.get(place).resolve("cpuacct.usage"));
  }

  /** The bytes that the group may still use; empty if nothing limits it. */
  OptionalLong availableBytes() {
    return memory.stream().map(ControlGroup::available).flatMapToLong(OptionalLong::stream).min();
  }

  private record Limit(Path level, double cores) {}

  private Optional<Limit> tightest() {
    return processors.stream()
        .flatMap(level -> limit(level).stream())
        .min((one, other) -> Double.compare(one.cores(), other.cores()));
  }

  private static Optional<Limit> limit(Path level) {
    List<String> max = SystemFiles.words(level.resolve("cpu.max"));
    OptionalLong quota =
        max.isEmpty()
            ? SystemFiles.number(level.resolve("cpu.cfs_quota_us"))
            : SystemFiles.number(max.getFirst());
    OptionalLong period =
        max.size() < 2
            ? SystemFiles.number(level.resolve("cpu.cfs_period_us"))
            : SystemFiles.number(max.get(1));
    boolean isLimited = quota.orElse(-1) > 0 && period.orElse(0) > 0;
    return isLimited
        ? Optional.of(new Limit(level, (double) quota.getAsLong() / period.getAsLong()))
        : Optional.empty();
  }

  private static OptionalLong available(Path level) {
    OptionalLong limit = SystemFiles.number(level.resolve("memory.max"));
    OptionalLong used = SystemFiles.number(level.resolve("memory.current"));
    OptionalLong cache = SystemFiles.number(level.resolve("memory.stat"), CACHE_V2);
    if (limit.isEmpty()) {
      limit = SystemFiles.number(level.resolve("memory.limit_in_bytes"));
      used = SystemFiles.number(level.resolve("memory.usage_in_bytes"));
      cache = SystemFiles.number(level.resolve("memory.stat"), CACHE_V1);
    }
    return limit.isEmpty() || used.isEmpty() || limit.getAsLong() >= NO_LIMIT
        ? OptionalLong.empty()
        : OptionalLong.of(limit.getAsLong() - used.getAsLong() + cache.orElse(0));
  }

  /** The folders of the group and of its parents, as far as they are seen here. */
  private static List<Path> levels(Path root, String controller) {
    for (String line : SystemFiles.lines(root.resolve("proc/self/cgroup"))) {
      String[] parts = line.split(":", 3);
      if (parts.length == 3 && List.of(parts[1].split(",", -1)).contains(controller)) {
        return levels(root, "cgroup", controller, parts[2]);
      }
    }
    for (String line : SystemFiles.lines(root.resolve("proc/self/cgroup"))) {
      if (line.startsWith("0::")) {
        return levels(root, "cgroup2", "", line.substring(3));
      }
    }
    return List.of();
  }

  private static List<Path> levels(Path root, String kind, String controller, String group) {
    for (String line : SystemFiles.lines(root.resolve("proc/self/mountinfo"))) {
      // 36 35 98:0 /root /mount/point rw,noatime master:1 - type source options
      String[] words = line.split(" ", -1);
      int dash = List.of(words).indexOf("-");
      boolean isIt =
          dash > 5
              && dash + 3 < words.length
              && words[dash + 1].equals(kind)
              && (controller.isEmpty()
                  || List.of(words[dash + 3].split(",", -1)).contains(controller));
      if (isIt) {
        return levels(root.resolve(words[4].substring(1)), words[3], group);
      }
    }
    return List.of();
  }

  /** A container sees its own group as the root of what is mounted, whatever its name outside. */
  private static List<Path> levels(Path mount, String shown, String group) {
    String prefix = shown.equals("/") ? "" : shown;
    String inside = group.startsWith(prefix + "/") ? group.substring(prefix.length()) : "/";
    List<Path> levels = new ArrayList<>();
    Path level = mount.resolve(inside.substring(1)).normalize();
    while (level.startsWith(mount)) {
      levels.add(level);
      level = level.getParent();
    }
    return levels;
  }
}
