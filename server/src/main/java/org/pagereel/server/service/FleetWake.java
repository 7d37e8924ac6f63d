package org.pagereel.server.service;

import org.jdbi.v3.core.Handle;
import org.pagereel.server.core.queue.WorkQueue;
import org.pagereel.server.core.recording.Owners;
import org.pagereel.server.core.recording.Recording;
import org.pagereel.server.core.recording.Wake;
import org.pagereel.server.platform.fleet.Standing;
import org.pagereel.server.platform.fleet.Wakes;

/** Says to a node what is new for it, and hears what others say. */
final class FleetWake implements Wake {
  private static final String OWNER = "owner ";
  private static final String QUEUE = "queue ";
  private static final String LOST = "lost";

  private final String node;
  private final Owners owners;
  private final WorkQueue queue;
  private final Standing standing;

  FleetWake(String node, Owners owners, WorkQueue queue, Standing standing) {
    this.node = node;
    this.owners = owners;
    this.queue = queue;
    this.standing = standing;
  }

  @Override
  public void owner(Handle transaction, Recording recording) {
    String owner = recording.claim().owner();
    if (owner != null) {
      Wakes.send(transaction, owner, OWNER + recording.id());
    }
  }

  /** Only the one with most room looks at once; the others do at their next look, in turn. */
  @Override
  public void queue(Handle transaction) {
    standing.emptiest().ifPresent(emptiest -> Wakes.send(transaction, emptiest, QUEUE + emptiest));
  }

  /** Gives free what a lost node has worked on; whoever has room looks for it at once. */
  static void lose(Handle transaction, String lost, boolean wakes) {
    WorkQueue.free(transaction, lost);
    if (wakes) {
      Wakes.sendAll(transaction, LOST);
    }
  }

  void hear(String word) {
    if (word.startsWith(OWNER)) {
      owners.look(word.substring(OWNER.length()));
    } else if (word.equals(QUEUE + node)) {
      queue.takeNext();
    } else if (word.equals(LOST)) {
      standing.lookAgain(queue::resumeNow); // that it is lost must be known first
    }
  }
}
