package org.pagereel.server.platform.node;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.pagereel.recorder.PageSize;
import org.pagereel.server.platform.node.Demand.Reservation;
import org.pagereel.server.platform.node.MachineLoad.Processors;
import org.pagereel.server.platform.node.MachineLoad.Work;
import org.pagereel.server.platform.time.TimeSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Says whether this machine can carry one more recording. A recording that has just been admitted
 * counts with what others of its kind take, until it has recorded long enough for its own use to be
 * known.
 *
 * <p>Work that can wait is admitted where a recording would be, one at a time. It runs with a lower
 * priority and does not count against recordings: they come and go while it is at work.
 */
public final class Admission implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Admission.class);
  private static final Duration LOOK = Duration.ofSeconds(2);

  /** Kept for the system and this server. */
  private static final double SPARE_CORES = 0.2;

  /** After this much recorded time its use is known. */
  private static final Duration UNTIL_SEEN = Duration.ofSeconds(12);

  /** A page at rest may move again: at least this part of what its kind takes. */
  private static final double LEAST_PART = 0.5;

  /** What a recording takes of which nothing is known yet: a class page. */
  private static final Reservation USUAL =
      new Demand("usual", PageSize.FULL_HD, 30, new DiskAccount.Appetite(0, 0)).usual();

  /** Kinds that are remembered: a caller can make up any number of them. */
  private static final int MAX_KINDS = 1000;

  private static final class Admitted {
    private final Demand demand;
    private @Nullable Long root;
    private @Nullable Instant records;

    Admitted(Demand demand) {
      this.demand = demand;
    }

    boolean isYoung(Instant now) {
      return records == null || now.isBefore(records.plus(UNTIL_SEEN));
    }
  }

  private final @Nullable Integer most;
  private final DiskAccount disk;
  private final TimeSource time;
  private final MachineLoad load;
  private final Map<String, Admitted> admitted = new HashMap<>();
  private final Map<String, Reservation> kinds =
      new LinkedHashMap<>(16, 0.75f, true) {
        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Reservation> eldest) {
          return size() > MAX_KINDS;
        }
      };
  private final ScheduledExecutorService timer =
      Executors.newSingleThreadScheduledExecutor(
          Thread.ofPlatform().daemon().name("machine-load").factory());
  private @Nullable String behind;
  private @Nullable Long behindRoot;

  /**
   * Makes the gate, and begins to look at the machine.
   *
   * @param most a fixed number in place of measuring
   */
  public Admission(@Nullable Integer most, DiskAccount disk, TimeSource time) {
    this(most, disk, time, new LinuxReadings(Path.of("/")));
    var _ =
        timer.scheduleWithFixedDelay(
            this::lookAgain, LOOK.toMillis(), LOOK.toMillis(), TimeUnit.MILLISECONDS);
  }

  /** One that looks only when it is told to. */
  Admission(@Nullable Integer most, DiskAccount disk, TimeSource time, Readings readings) {
    this.most = most;
    this.disk = disk;
    this.time = time;
    this.load = new MachineLoad(readings);
  }

  /** Admits the recording, or says no; an admitted one leaves by {@link #leave}. */
  public synchronized boolean admit(String recordingId, Demand demand) {
    if (admitted.containsKey(recordingId)) {
      return true;
    }
    if (!fits(demand)) {
      return false;
    }
    LOG.info("{} is let in: {}", recordingId, figures(demand));
    enter(recordingId, demand);
    return true;
  }

  private String figures(Demand demand) {
    Processors machine = load.machine();
    Processors group = load.group();
    Reservation wanted = reservation(demand);
    return String.format(
        Locale.ROOT,
        "%.2f cores wanted, %.2f for %d others, %.2f of %.1f in use, %.2f of %.1f in its group; %d MB"
            + " wanted, %d promised, %d free",
        wanted.cores(),
        coresOfRecordings(),
        admitted.size(),
        machine.busy(),
        machine.cores(),
        group.busy(),
        group.cores(),
        wanted.bytes() >> 20,
        unusedBytes() >> 20,
        load.availableBytes() >> 20);
  }

  /** Counts a recording that runs on this machine in any case. */
  public synchronized void enter(String recordingId, Demand demand) {
    admitted.putIfAbsent(recordingId, new Admitted(demand));
    disk.promise(recordingId, demand.disk());
  }

  /** It is worked on by this process and all that descend from it. */
  public synchronized void runs(String recordingId, long pid) {
    Admitted one = admitted.get(recordingId);
    if (one != null) {
      one.root = pid;
      one.records = null;
    }
  }

  /** Pictures and sound of it reach the disk. */
  public synchronized void records(String recordingId) {
    Admitted one = admitted.get(recordingId);
    if (one != null && one.records == null) {
      one.records = time.steady();
    }
  }

  /** It is paused, and may go on at any time. */
  public synchronized void rests(String recordingId) {
    Admitted one = admitted.get(recordingId);
    if (one != null) {
      one.records = null;
    }
  }

  /** It needs no processors and no memory any more; its files may not be complete. */
  public synchronized void leave(String recordingId) {
    admitted.remove(recordingId);
  }

  /** Admits work that can wait, or says no; what is admitted leaves by {@link #leaveBehind}. */
  public synchronized boolean admitBackground(String id, Demand place) {
    if (id.equals(behind)) {
      return true;
    }
    if (behind != null || !fits(place)) {
      return false;
    }
    behind = id;
    return true;
  }

  /** The work that can wait is done by this process and all that descend from it. */
  public synchronized void runsBehind(String id, long pid) {
    if (id.equals(behind)) {
      behindRoot = pid;
    }
  }

  public synchronized void leaveBehind(String id) {
    if (id.equals(behind)) {
      behind = null;
      behindRoot = null;
    }
  }

  private boolean fits(Demand demand) {
    if (most != null && admitted.size() >= most) {
      return false;
    }
    Reservation wanted = reservation(demand);
    boolean room =
        load.availableBytes() - unusedBytes() > wanted.bytes() && disk.hasRoomFor(demand.disk());
    if (most != null || admitted.isEmpty()) {
      return room; // one recording is always tried, however busy the machine is otherwise
    }
    double more = coresOfRecordings() + wanted.cores();
    return room && fits(load.machine(), more, 0) && fits(load.group(), more, behindCores());
  }

  /**
   * Whether processors have room for this.
   *
   * @param more what all recordings may need
   * @param yielding what is in use there and gives way
   */
  private boolean fits(Processors processors, double more, double yielding) {
    return more <= free(processors, yielding);
  }

  /** The processors that others than recordings leave. */
  private double free(Processors processors, double yielding) {
    double ours = admitted.values().stream().mapToDouble(one -> work(one).cores()).sum();
    double others = Math.max(0, processors.busy() - ours - yielding);
    return processors.cores() - SPARE_CORES - others;
  }

  /**
   * How many more recordings there is room for, of the kind that goes on here or else of a usual
   * one; may be a part of one.
   */
  public synchronized double room() {
    double places = most == null ? Double.MAX_VALUE : most - admitted.size();
    Reservation wanted =
        admitted.values().stream().findFirst().map(one -> reservation(one.demand)).orElse(USUAL);
    double memory = (double) (load.availableBytes() - unusedBytes()) / wanted.bytes();
    double room = Math.min(places, memory);
    if (most == null) {
      double cores =
          Math.min(free(load.machine(), 0), free(load.group(), behindCores()))
              - coresOfRecordings();
      room = Math.min(room, cores / wanted.cores());
    }
    boolean isTried = most == null && admitted.isEmpty() && memory >= 1;
    return isTried ? Math.max(1, room) : Math.max(0, room);
  }

  private double coresOfRecordings() {
    Instant now = time.steady();
    return admitted.values().stream().mapToDouble(one -> cores(one, now)).sum();
  }

  private double cores(Admitted one, Instant now) {
    double part = one.isYoung(now) ? 1 : LEAST_PART;
    return Math.max(work(one).cores(), part * reservation(one.demand).cores());
  }

  /** Memory that was promised to recordings and is not used yet. */
  private long unusedBytes() {
    return admitted.values().stream()
        .mapToLong(one -> Math.max(0, reservation(one.demand).bytes() - work(one).bytes()))
        .sum();
  }

  private double behindCores() {
    return behindRoot == null ? 0 : load.of(behindRoot).cores();
  }

  private Work work(Admitted one) {
    return one.root == null ? Work.NONE : load.of(one.root);
  }

  private Reservation reservation(Demand demand) {
    return kinds.computeIfAbsent(demand.kind(), kind -> demand.usual());
  }

  private void lookAgain() {
    try {
      look();
    } catch (RuntimeException e) {
      LOG.warn("Cannot look at the machine", e);
    }
  }

  /** Looks at the machine, and learns what recordings of each kind take. */
  void look() {
    load.look(roots());
    learn();
  }

  private synchronized Set<Long> roots() {
    return Stream.concat(
            admitted.values().stream().flatMap(one -> Stream.ofNullable(one.root)),
            Stream.ofNullable(behindRoot))
        .collect(Collectors.toSet());
  }

  private synchronized void learn() {
    Instant now = time.steady();
    for (Admitted one : admitted.values()) {
      Work work = work(one);
      if (!one.isYoung(now) && work.bytes() > 0) {
        Reservation before = reservation(one.demand);
        kinds.put(one.demand.kind(), before.seen(work.cores(), work.bytes()));
      }
    }
  }

  @Override
  public void close() {
    timer.shutdownNow();
  }
}
