package org.pagereel.server.planted;

/** A violation that ArchitectureTest must see. */
final class Sleeps {
  private Sleeps() {}

  static void sleep() throws InterruptedException {
    Thread.sleep(1);
  }
}
