package org.pagereel.server.planted;

/** A violation that ArchitectureTest must see. */
final class StateThatChanges {
  static int count;

  private StateThatChanges() {}
}
