package org.pagereel.server.platform.store;

import java.time.Duration;

/** The order of writes that wait for the store's one writer. */
enum Urgency {
  /** Changes of recordings: only another recording may go before them. */
  RECORDINGS(Duration.ofSeconds(4), Integer.MAX_VALUE),
  /** A client waits for an answer within five seconds, and may need two writes for it. */
  COMMANDS(Duration.ofMillis(1500), 200),
  /** Messages, which come in heaps, and tidying. */
  BULK(Duration.ofSeconds(2), Integer.MAX_VALUE);

  private final Duration patience;
  private final int mostWaiting;

  Urgency(Duration patience, int mostWaiting) {
    this.patience = patience;
    this.mostWaiting = mostWaiting;
  }

  /** The longest time that a write waits for its transaction to begin. */
  Duration patience() {
    return patience;
  }

  /** The number of writes that may wait; a further one is refused at once. */
  int mostWaiting() {
    return mostWaiting;
  }
}
