package org.pagereel.server.service;

import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.pagereel.server.core.recording.Announcer;
import org.pagereel.server.core.recording.Reason;
import org.pagereel.server.core.recording.Recording;

/** All faces' announcers; each knows its own recordings. */
record Announcers(List<Announcer> all) implements Announcer {
  @Override
  public void changed(Handle transaction, Recording now, Optional<Reason> reason) {
    all.forEach(one -> one.changed(transaction, now, reason));
  }
}
