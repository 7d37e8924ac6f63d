package org.pagereel.recorder.replay;

import java.util.Map;
import java.util.concurrent.CompletableFuture;

/** What the page has to say that the thread which drives it must know. */
sealed interface BoardNews {
  /** It wants to know what it looks like: a PNG. */
  record Shot(CompletableFuture<byte[]> answer) implements BoardNews {}

  /**
   * A part is complete.
   *
   * @param ignored how often an action came that nothing was drawn for, by its number
   */
  record Done(int part, Map<String, Long> ignored) implements BoardNews {}

  record Failed(int part, String reason) implements BoardNews {}
}
