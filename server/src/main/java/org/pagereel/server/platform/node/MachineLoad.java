package org.pagereel.server.platform.node;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.function.ToLongFunction;

/**
 * The use of the machine and of the works on it, as an average of the last seconds. It is looked at
 * by a clock of its own: an average since whoever asked last says nothing after a quiet night.
 */
final class MachineLoad {
  /** The number of looks over which processors are averaged. */
  private static final int LOOKS = 5;

  /** A work's share of the newest look in its average. */
  private static final double NEWEST = 0.3;

  /**
   * Processors that may be used, and are in use.
   *
   * @param cores all of them, such as 1.5
   * @param busy of them
   */
  record Processors(double cores, double busy) {}

  /** What one work uses. */
  record Work(double cores, long bytes) {
    static final Work NONE = new Work(0, 0);
  }

  private record Look(long at, long busy, long group) {}

  private final Readings readings;
  private final Deque<Look> looks = new ArrayDeque<>();
  private final Map<Long, ProcessTable.Use> trees = new HashMap<>();
  private final Map<Long, Work> works = new HashMap<>();
  private long lookedAt;

  MachineLoad(Readings readings) {
    this.readings = readings;
    this.lookedAt = readings.nanos();
    look(Set.of());
  }

  /**
   * Looks; to be called every two seconds or so.
   *
   * @param roots a process of each work, from which all of its others descend
   */
  synchronized void look(Set<Long> roots) {
    long now = readings.nanos();
    looks.addLast(new Look(now, readings.busyNanos(), readings.groupNanos().orElse(0)));
    while (looks.size() > LOOKS + 1) {
      looks.removeFirst();
    }
    Map<Long, ProcessTable.Use> fresh = readings.trees(roots);
    double passed = Math.max(1, now - lookedAt);
    fresh.forEach((root, use) -> {
      ProcessTable.Use before = trees.put(root, use);
      if (before != null) {
        // Of those that ended nothing is known any more.
        double cores = Math.max(0, use.nanos() - before.nanos()) / passed;
        Work old = works.getOrDefault(root, new Work(cores, 0));
        double average = old.cores() + NEWEST * (cores - old.cores());
        works.put(root, new Work(average, use.bytes()));
      }
    });
    works.keySet().retainAll(roots);
    trees.keySet().retainAll(roots);
    lookedAt = now;
  }

  /** The machine's own. */
  synchronized Processors machine() {
    return new Processors(readings.cores(), average(Look::busy));
  }

  private double average(ToLongFunction<Look> used) {
    Look first = looks.getFirst();
    Look last = looks.getLast();
    long passed = last.at() - first.at();
    return passed == 0 ? 0 : (double) (used.applyAsLong(last) - used.applyAsLong(first)) / passed;
  }

  /** Those of the control group that limits this server; without a limit those of the machine. */
  synchronized Processors group() {
    OptionalDouble cores = readings.groupCores();
    if (cores.isEmpty()) {
      return machine();
    }
    return new Processors(cores.getAsDouble(), average(Look::group));
  }

  long availableBytes() {
    return readings.availableBytes();
  }

  /** What a work uses; nothing if it is not known yet. */
  synchronized Work of(long root) {
    return works.getOrDefault(root, Work.NONE);
  }
}
