package org.pagereel.server.core.queue;

import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Who works on a piece. Whoever takes it gets the next epoch, and every change of the piece names
 * the epoch of the one who makes it: so a node that stood still, or was cut off, changes nothing
 * when it comes back.
 *
 * @param owner the node that has it, or had it last; null before anybody has
 * @param epoch grows with every claim; 0 before the first
 * @param offered the owner is to end: another may take it, and until then the owner goes on
 */
public record Claim(@Nullable String owner, long epoch, boolean offered) {
  public static final Claim NONE = new Claim(null, 0, false);

  /**
   * The node whose it is and nobody else's; empty before anybody has it, and when it is offered.
   */
  public Optional<String> keeper() {
    return offered ? Optional.empty() : Optional.ofNullable(owner);
  }

  /** The next one, by this node. */
  public Claim by(String node) {
    return new Claim(node, epoch + 1, false);
  }
}
