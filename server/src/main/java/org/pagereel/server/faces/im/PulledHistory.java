package org.pagereel.server.faces.im;

import java.util.OptionalLong;

/**
 * Where a caller keeps what was pulled. If {@link #add} stores a page's messages and its lowest
 * number together or not at all, then nothing is lost and nothing is there twice, whenever pulling
 * ends and however often it is begun again.
 */
public interface PulledHistory {
  /** The {@code lowest} of the last page that was added; empty before the first. */
  OptionalLong lowest();

  /** Takes a page; what it throws ends the pulling. Called by the thread that pulls. */
  void add(PulledPage page);
}
