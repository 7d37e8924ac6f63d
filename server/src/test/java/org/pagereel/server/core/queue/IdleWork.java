package org.pagereel.server.core.queue;

import java.util.List;
import org.jdbi.v3.core.Handle;

/** Work that a queue takes, and on which nobody works. */
public record IdleWork(String name) implements WorkKind {
  @Override
  public Outcome work(String id) {
    return Outcome.DONE;
  }

  @Override
  public List<String> begun(Handle handle) {
    return List.of();
  }
}
