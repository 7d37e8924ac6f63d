package org.pagereel.server.platform.fleet;

import java.time.Duration;
import java.time.Instant;

/**
 * A node's right to speak for what it works on. It ends by itself, by the node's own steady clock,
 * before others may take the node for lost: so a node that cannot reach the database knows that
 * somebody else may go on with its work.
 */
public final class Lease {
  /** Others take a node for lost after this much silence; its own lease has ended by then. */
  public static final Duration LENGTH = Duration.ofSeconds(5);

  private volatile Instant asked;

  /** One that is held from now on. */
  public Lease(Instant now) {
    this.asked = now;
  }

  /**
   * The database has taken a heartbeat.
   *
   * @param asked when it was sent, not when its answer came: others may have seen it at once
   */
  public void renewed(Instant asked) {
    this.asked = asked;
  }

  public boolean isHeld(Instant now) {
    return now.isBefore(asked.plus(LENGTH));
  }
}
