package org.pagereel.server.service;

import java.time.Duration;
import org.jdbi.v3.core.Handle;
import org.pagereel.server.core.queue.WorkQueue;
import org.pagereel.server.core.recording.Owners;
import org.pagereel.server.core.recording.Wake;
import org.pagereel.server.platform.fleet.Standing;
import org.pagereel.server.platform.fleet.Wakes;

/** Says to all nodes what is new for one of them, and hears what others say. */
final class FleetWake implements Wake {
  private static final String OWNER = "owner ";
  private static final String QUEUE = "queue";

  /** Of many nodes only the emptiest ones look at once; the others do at their next look. */
  private static final Duration NEARLY_EMPTIEST = Duration.ofMillis(300);

  private final Owners owners;
  private final WorkQueue queue;
  private final Standing standing;

  FleetWake(Owners owners, WorkQueue queue, Standing standing) {
    this.owners = owners;
    this.queue = queue;
    this.standing = standing;
  }

  @Override
  public void owner(Handle transaction, String recordingId) {
    Wakes.send(transaction, OWNER + recordingId);
  }

  @Override
  public void queue(Handle transaction) {
    Wakes.send(transaction, QUEUE);
  }

  void hear(String word) {
    if (word.startsWith(OWNER)) {
      owners.look(word.substring(OWNER.length()));
    } else if (word.equals(QUEUE) && standing.waitBeforeClaim().compareTo(NEARLY_EMPTIEST) <= 0) {
      queue.lookNow();
    }
  }
}
