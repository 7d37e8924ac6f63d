package org.pagereel.server.platform.node;

import java.util.Map;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import java.util.Set;
import org.pagereel.server.platform.time.TimeSource;

/** A machine of which nothing is known but how many recordings it can carry. */
public final class SimulatedMachine implements Readings {
  private static final int CORES = 16;

  private SimulatedMachine() {}

  public static Admission admission(int most, DiskAccount disk, TimeSource time) {
    return new Admission(most, disk, time, new SimulatedMachine());
  }

  @Override
  public long nanos() {
    return System.nanoTime();
  }

  @Override
  public double cores() {
    return CORES;
  }

  @Override
  public long busyNanos() {
    return 0;
  }

  @Override
  public OptionalDouble groupCores() {
    return OptionalDouble.empty();
  }

  @Override
  public OptionalLong groupNanos() {
    return OptionalLong.empty();
  }

  @Override
  public long availableBytes() {
    return 1L << 40;
  }

  @Override
  public Map<Long, ProcessTable.Use> trees(Set<Long> roots) {
    return Map.of();
  }
}
