package org.pagereel.server.platform.node;

import java.util.Map;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import java.util.Set;

/** The figures of a machine at this moment. Counters grow from its start. */
interface Readings {
  /** A clock that nobody sets, in ns. */
  long nanos();

  double cores();

  /**
   * Processor time in use, in ns. What runs with a lower priority gives way to whoever needs the
   * core, and does not count.
   */
  long busyNanos();

  /** The processors of a control group that limits this server. */
  OptionalDouble groupCores();

  /** Processor time used in that group, in ns; here a lower priority does count. */
  OptionalLong groupNanos();

  /** Memory that can still be used, in bytes. */
  long availableBytes();

  /** The use of each of these processes and of all that descend from it. */
  Map<Long, ProcessTable.Use> trees(Set<Long> roots);
}
