package org.pagereel.server.platform.store;

import java.time.Duration;

/** Whose writing comes first when several wait for the store's one writer. */
enum Urgency {
  /** What a recording has come to: nothing keeps it waiting but another recording. */
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

  /** How long one waits until its transaction has begun. */
  Duration patience() {
    return patience;
  }

  /** So many wait at once; who comes then is refused at once. */
  int mostWaiting() {
    return mostWaiting;
  }
}
