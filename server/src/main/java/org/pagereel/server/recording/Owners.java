package org.pagereel.server.recording;

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

  /** Somebody who may say so has said that the page of this recording is ready. */
  public void confirmReady(String recordingId) {
    RecordingOwner owner = owners.get(recordingId);
    if (owner != null) {
      owner.confirmReady();
    }
  }

  public int size() {
    return owners.size();
  }

  Set<String> ids() {
    return Set.copyOf(owners.keySet());
  }

  void add(String id, RecordingOwner owner) {
    owners.put(id, owner);
  }

  void remove(String id) {
    owners.remove(id);
  }
}
