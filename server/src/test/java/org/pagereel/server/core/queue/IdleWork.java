package org.pagereel.server.core.queue;

import java.util.List;
import org.jdbi.v3.core.Handle;

/** Work that a queue takes, and on which nobody works. */
public record IdleWork(String name) implements WorkKind {
  @Override
  public boolean work(String id) {
    return true;
  }

  @Override
  public List<String> unfinished(Handle handle) {
    return List.of();
  }
}
