package org.pagereel.server.core.recording;

import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** The recordings that this process owns, to wake their owners. */
public final class Owners {
  private final Map<String, RecordingOwner> owners = new ConcurrentHashMap<>();

  /** The row says something new; an owner elsewhere sees it when it looks again. */
  public void wake(String recordingId) {
    RecordingOwner owner = owners.get(recordingId);
    if (owner != null) {
      owner.tell(new Happening.Wanted());
    }
  }

  /** Another node has changed the row. */
  public void look(String recordingId) {
    RecordingOwner owner = owners.get(recordingId);
    if (owner != null) {
      owner.look();
    }
  }

  /**
   * Somebody who may say so has said that the page of this recording is ready.
   *
   * @return false when another process owns it
   */
  public boolean confirmReady(String recordingId) {
    RecordingOwner owner = owners.get(recordingId);
    if (owner != null) {
      owner.confirmReady();
    }
    return owner != null;
  }

  public int size() {
    return owners.size();
  }

  /** The number of owners that cannot store changes now; their recordings go on. */
  public long degraded() {
    return owners.values().stream().filter(RecordingOwner::isDegraded).count();
  }

  /**
   * Waits for the end of a recording that this process owns. Whoever claims it a second time,
   * because its heartbeat could not be stored, keeps it for the one who has it.
   */
  void awaitEnd(String id) throws InterruptedException {
    RecordingOwner owner = owners.get(id);
    if (owner != null) {
      owner.awaitOver();
    }
  }

  Set<String> ids() {
    return Set.copyOf(owners.keySet());
  }

  /** False when this process owns it already. */
  boolean add(String id, RecordingOwner owner) {
    return owners.putIfAbsent(id, owner) == null;
  }

  void remove(String id, RecordingOwner owner) {
    owners.remove(id, owner);
  }
}
