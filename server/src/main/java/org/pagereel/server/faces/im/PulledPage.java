package org.pagereel.server.faces.im;

import java.util.List;

/**
 * What one call brought: every number from {@code lowest} up to the page before is either a message
 * here or in a hole.
 *
 * @param messages newest first
 * @param holes numbers whose messages the server has not, newest first
 * @param lowest the smallest number of the page; 1 on the last one
 */
public record PulledPage(List<PulledMessage> messages, List<SeqRange> holes, long lowest) {
  public PulledPage {
    messages = List.copyOf(messages);
    holes = List.copyOf(holes);
  }
}
