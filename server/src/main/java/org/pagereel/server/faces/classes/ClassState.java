package org.pagereel.server.faces.classes;

import java.util.List;

/**
 * How far the recorded videos of a class have come.
 *
 * @param starts the number of files whose recording was said to have begun
 * @param ends the number of files that were said to be ready
 * @param videos the {@code value} of every message of type 1004 that was made here, as JSON, in the
 *     order of the messages
 */
public record ClassState(long starts, long ends, List<String> videos) {
  public ClassState {
    videos = List.copyOf(videos);
  }

  /** Whether no file is waited for; so too if no recording was ever said to have begun. */
  public boolean isComplete() {
    return ends >= starts;
  }
}
