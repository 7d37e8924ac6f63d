package org.pagereel.server.planted;

import org.jdbi.v3.core.Jdbi;

/** A violation that ArchitectureTest must see. */
final class WritesWithoutATurn {
  private WritesWithoutATurn() {}

  static void write(Jdbi jdbi) {
    jdbi.useHandle(handle -> handle.execute("DELETE FROM recordings"));
  }
}
