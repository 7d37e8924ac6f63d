package org.pagereel.server.platform.fleet;

import java.time.Duration;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BiConsumer;
import java.util.function.Supplier;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.pagereel.recorder.FailureCategory;
import org.pagereel.recorder.RecordingFailure;
import org.pagereel.server.platform.time.TimeSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * This node among those that share a database. It sends one heartbeat a second, whatever it works
 * on, looks at others' in the same transaction, and declares lost who is silent.
 */
public final class Fleet implements Standing, AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Fleet.class);
  private static final int ALL_NODES_EVERY = 5;
  private static final Duration ASK_AGAIN = Duration.ofMillis(500);

  private final Jdbi jdbi;
  private final Jdbi work;
  private final TimeSource time;
  private final Member self;
  private final Supplier<NodeLoad> load;
  private final BiConsumer<Handle, Node> free;
  private final Lease lease;
  private final SharedClock clock;
  private final Grants grants;
  private final NodeWatch watch;
  private final ScheduledExecutorService heart =
      Executors.newSingleThreadScheduledExecutor(
          Thread.ofPlatform().daemon().name("heartbeat").factory());
  private final AtomicBoolean lookAtAll = new AtomicBoolean();

  /** All nodes; where there are many, as they were a few heartbeats ago. */
  private volatile List<Node> nodes = List.of();

  /** Those whose silence this node counts; of the heart's thread. */
  private List<Node> watched = List.of();

  private int beats = ThreadLocalRandom.current().nextInt(ALL_NODES_EVERY);
  private final Chosen chosen = new Chosen();
  private volatile NodeState state = NodeState.UP;
  private boolean saidReplaced;

  /**
   * What a node says of itself once.
   *
   * @param address of its API, for the other nodes
   * @param folder names the data folder that this process has locked
   */
  public record Member(String name, String address, String version, String folder) {}

  private final String incarnation =
      HexFormat.of().toHexDigits(ThreadLocalRandom.current().nextLong());

  private Fleet(
      Jdbi jdbi,
      Jdbi work,
      TimeSource time,
      Member self,
      Supplier<NodeLoad> load,
      BiConsumer<Handle, Node> free) {
    this.jdbi = jdbi;
    this.work = work;
    this.grants = new Grants(self.name());
    this.time = time;
    this.self = self;
    this.load = load;
    this.free = free;
    this.lease = new Lease(time.steady());
    this.clock = new SharedClock(time);
    this.watch = new NodeWatch(self.name(), time.steady());
  }

  /**
   * Joins, and begins to send heartbeats.
   *
   * @param jdbi has a connection for this alone: a heartbeat waits for nobody
   * @param work for everything else
   * @param load of this node, asked with every heartbeat
   * @param free gives a lost node's work free, in the transaction that declares it lost
   * @throws RecordingFailure another process has the name
   */
  public static Fleet join(
      Jdbi jdbi,
      Jdbi work,
      TimeSource time,
      Member self,
      Supplier<NodeLoad> load,
      BiConsumer<Handle, Node> free) {
    Fleet fleet = new Fleet(jdbi, work, time, self, load, free);
    fleet.takeName();
    long every = NodeWatch.EVERY.toMillis();
    var _ = fleet.heart.scheduleAtFixedRate(fleet::beat, 0, every, TimeUnit.MILLISECONDS);
    return fleet;
  }

  /** Of two with one name the second must not begin; one that has died is not there any more. */
  private void takeName() {
    Optional<NodeStore.Place> before =
        jdbi.withHandle(handle -> NodeStore.find(handle, self.name()));
    before.filter(place -> isOfAnother(place)).ifPresent(this::awaitSilence);
    boolean taken =
        jdbi.inTransaction(handle -> {
          clock.compare(handle);
          Optional<NodeStore.Place> now = NodeStore.find(handle, self.name());
          if (now.isEmpty()) {
            return NodeStore.insert(handle, fresh(), self.folder());
          }
          boolean asBefore = before.isPresent() && isSame(before.get().node(), now.get().node());
          if (asBefore) {
            free(handle, now.get().node());
            NodeStore.replace(handle, fresh(), self.folder());
          }
          return asBefore;
        });
    if (!taken) {
      throw taken();
    }
  }

  private boolean isOfAnother(NodeStore.Place place) {
    return place.node().isThere() && !place.folder().equals(self.folder());
  }

  private static boolean isSame(Node one, Node other) {
    return one.incarnation().equals(other.incarnation()) && one.beat() == other.beat();
  }

  private void awaitSilence(NodeStore.Place place) {
    LOG.info("{} may be there already: listening for {}", self.name(), Lease.LENGTH);
    long until = System.nanoTime() + Lease.LENGTH.plus(NodeWatch.EVERY).toNanos();
    while (System.nanoTime() - until < 0) {
      boolean isAlive =
          jdbi.withHandle(handle -> NodeStore.find(handle, self.name()))
              .filter(now -> !isSame(place.node(), now.node()))
              .isPresent();
      if (isAlive) {
        throw taken();
      }
      LockSupport.parkNanos(ASK_AGAIN.toNanos());
    }
  }

  private RecordingFailure taken() {
    return new RecordingFailure(
        FailureCategory.USER,
        "Another server with the name "
            + self.name()
            + " uses this database; node in the settings gives this one a name of its own");
  }

  private Node fresh() {
    return new Node(
        self.name(), incarnation, 0, NodeState.UP, self.address(), self.version(), load.get());
  }

  private void beat() {
    var asked = time.steady();
    try {
      NodeLoad now = load.get();
      boolean ours =
          jdbi.inTransaction(handle -> {
            boolean taken = NodeStore.beat(handle, self.name(), incarnation, state, now);
            clock.compare(handle);
            look(handle);
            grants.read(handle);
            return taken;
          });
      if (ours) {
        lease.renewed(asked);
      } else {
        sayReplaced();
      }
      watch.saw(watched, time.steady()).forEach(this::lose);
      watch.soonest().ifPresent(this::beatIn);
    } catch (RuntimeException e) {
      watch.failed();
      LOG.debug("No heartbeat", e); // the store's health says it
    }
  }

  /** Of many nodes each looks at a few with every heartbeat, and at all from time to time. */
  private void look(Handle handle) {
    beats++;
    List<String> names = watched.stream().map(Node::name).toList();
    if (lookAtAll.getAndSet(false)
        || Neighbours.areFew(nodes.size())
        || beats % ALL_NODES_EVERY == 0) {
      List<Node> all = NodeStore.all(handle);
      nodes = all;
      List<String> next = Neighbours.of(self.name(), all);
      watched = all.stream().filter(node -> next.contains(node.name())).toList();
    } else {
      watched = NodeStore.named(handle, names);
    }
  }

  /** Not to take a second more than it must to find out that a node is lost. */
  private void beatIn(Duration time) {
    var _ = heart.schedule(this::beat, Math.max(0, time.toMillis()) + 1, TimeUnit.MILLISECONDS);
  }

  private void sayReplaced() {
    if (!saidReplaced) {
      saidReplaced = true;
      LOG.error("Another server has the name {} now; this one takes no more work", self.name());
    }
  }

  private void lose(Node silent) {
    boolean lost =
        jdbi.inTransaction(handle -> {
          boolean first = NodeStore.lose(handle, silent);
          if (first) {
            free(handle, silent);
          }
          return first;
        });
    if (lost) {
      LOG.warn(
          "The node {} has been silent for {}: its work goes on elsewhere",
          silent.name(),
          Lease.LENGTH);
    }
  }

  private void free(Handle handle, Node gone) {
    Grants.free(handle, gone.name());
    free.accept(handle, gone);
  }

  @Override
  public boolean leads(String task, Duration length) {
    Instant now = clock.now();
    if (!mayClaim() || grants.isAnothers(task, now)) {
      return false;
    }
    return grants.isOurs(task, now.plus(length.dividedBy(2)))
        || grants.take(work, task, now, length);
  }

  @Override
  public boolean isAnotherUp() {
    return nodes.stream()
        .anyMatch(node -> node.state() == NodeState.UP && !node.name().equals(self.name()));
  }

  @Override
  public boolean hasPeers() {
    return true;
  }

  @Override
  public boolean holdsLease() {
    return lease.isHeld(time.steady());
  }

  @Override
  public boolean mayClaim() {
    return state == NodeState.UP && holdsLease() && watch.mayClaim(time.steady());
  }

  @Override
  public Duration waitBeforeClaim() {
    return Placement.wait(load.get(), othersWithRoom());
  }

  @Override
  public int rivals() {
    double own = load.get().room();
    return (int) othersWithRoom().stream().filter(load -> load.room() >= own).count();
  }

  private List<NodeLoad> othersWithRoom() {
    return nodes.stream()
        .filter(node -> node.state() == NodeState.UP && !node.name().equals(self.name()))
        .map(Node::load)
        .filter(NodeLoad::hasRoom)
        .toList();
  }

  @Override
  public Optional<String> emptiest() {
    return chosen.next(nodes);
  }

  @Override
  public boolean isThere(String node) {
    return node.equals(self.name())
        || nodes.stream().anyMatch(one -> one.name().equals(node) && one.isThere());
  }

  @Override
  public Instant now() {
    return clock.now();
  }

  /** All nodes, as they were at the last heartbeat. */
  public List<Node> nodes() {
    return nodes;
  }

  @Override
  public void lookAgain(Runnable then) {
    if (lookAtAll.getAndSet(true)) {
      return; // many are lost at once, and one look is enough
    }
    try {
      heart.execute(() -> {
        beat();
        then.run();
      });
    } catch (RejectedExecutionException e) {
      LOG.debug("This node has left", e);
    }
  }

  @Override
  public void drain() {
    state = NodeState.DRAINING;
  }

  /** Says that this node has ended by itself. */
  @Override
  public void close() {
    heart.shutdown();
    try {
      jdbi.useTransaction(handle -> {
        if (NodeStore.beat(handle, self.name(), incarnation, NodeState.ENDED, NodeLoad.NONE)) {
          Grants.free(handle, self.name());
        }
      });
    } catch (RuntimeException e) {
      LOG.info("The others will find out themselves that this node has ended: {}", e.toString());
    }
  }
}
