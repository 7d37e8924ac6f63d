package org.pagereel.recorder.replay;

import java.util.Map;
import java.util.concurrent.CompletableFuture;

/** News of the page for the thread that drives it. */
sealed interface BoardNews {
  /** It wants to know what it looks like: a PNG. */
  record Shot(CompletableFuture<byte[]> answer) implements BoardNews {}

  /**
   * A part is complete.
   *
   * @param ignored the actions for which nothing was drawn, counted by their numbers
   */
  record Done(int part, Map<String, Long> ignored) implements BoardNews {}

  record Failed(int part, String reason) implements BoardNews {}
}
