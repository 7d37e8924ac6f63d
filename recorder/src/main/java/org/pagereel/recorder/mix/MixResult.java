package org.pagereel.recorder.mix;

import java.time.Duration;
import java.util.List;

/**
 * What became of a mix.
 *
 * @param missing the inputs that are not in it, or not whole: file name and why
 */
public record MixResult(Duration duration, long bytes, List<String> missing) {
  public MixResult {
    missing = List.copyOf(missing);
  }
}
