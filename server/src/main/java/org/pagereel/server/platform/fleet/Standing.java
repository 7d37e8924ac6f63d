package org.pagereel.server.platform.fleet;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Supplier;

/** How this node stands among those that share its store. */
public interface Standing {
  /** For tasks that go on all the time: a node that has one keeps it so long without asking. */
  Duration SOME_TIME = Duration.ofSeconds(30);

  /** Whether other nodes go on with what this one works on, when it is lost. */
  boolean hasPeers();

  /** Whether another node takes work now. */
  boolean isAnotherUp();

  /** Whether this node may take work, be it new or a lost node's. */
  boolean mayClaim();

  /** How long a piece must have waited before this node takes it: emptier nodes come first. */
  Duration waitBeforeClaim();

  /** The node that has most room for one more; empty when none has, or this is the only one. */
  Optional<String> emptiest();

  /** How many other nodes may take the same piece at the same time as this one. */
  int rivals();

  /** Whether this node may speak for what it works on. */
  boolean holdsLease();

  /** Whether the node of this name is at work, so that its work is nobody else's. */
  boolean isThere(String node);

  /**
   * Whether this node does what one node does for all, such as tidying; it stays the one for some
   * time, and another takes over when it is lost.
   *
   * @param task its name; it never changes
   * @param length how long nobody else does it, unless this node is lost
   */
  boolean leads(String task, Duration length);

  /** Looks at the other nodes at once, and then does this. */
  void lookAgain(Runnable then);

  /** Takes no more work; the others see it soon. */
  void drain();

  /** A time that all nodes share, for moments that one stores and another reads. */
  Instant now();

  /**
   * Of a server with a store of its own.
   *
   * @param node its name
   * @param clock a steady one
   */
  static Standing alone(String node, Supplier<Instant> clock) {
    AtomicBoolean draining = new AtomicBoolean();
    return new Standing() {
      @Override
      public void drain() {
        draining.set(true);
      }

      @Override
      public void lookAgain(Runnable then) {
        then.run();
      }

      @Override
      public boolean isAnotherUp() {
        return false;
      }

      @Override
      public boolean hasPeers() {
        return false;
      }

      @Override
      public boolean mayClaim() {
        return !draining.get();
      }

      @Override
      public Duration waitBeforeClaim() {
        return Duration.ZERO;
      }

      @Override
      public Optional<String> emptiest() {
        return Optional.empty();
      }

      @Override
      public int rivals() {
        return 0;
      }

      @Override
      public boolean holdsLease() {
        return true;
      }

      @Override
      public boolean isThere(String other) {
        return other.equals(node);
      }

      @Override
      public boolean leads(String task, Duration length) {
        return true;
      }

      @Override
      public Instant now() {
        return clock.get();
      }
    };
  }
}
