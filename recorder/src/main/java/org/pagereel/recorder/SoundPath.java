package org.pagereel.recorder;

import java.time.Duration;

/**
 * How sound goes from the page to its monitor. The browser, its Pulse stream and the recorder's own
 * stream are all opened with these values, so the delay is the same in each recording and is known
 * before it begins.
 *
 * <p>The values belong together. All lengths are whole blocks: a buffer that ends within a block
 * makes the sink render pieces of it, whose lengths it rounds to microseconds, and its clock then
 * runs fast by some 100 to 600 parts per million. docs/BENCHMARKS.md has the figures.
 */
public final class SoundPath {
  /** Of the sink, of the browser's output, and of the files: nothing is resampled on the way. */
  public static final int RATE = 48_000;

  /** What the sink renders at once: as soon as it begins to sound, the monitor has it. */
  public static final Duration BLOCK = Duration.ofMillis(10);

  /**
   * Samples that the browser renders at once, two blocks. It waits for a page's sound for nearly as
   * long, and plays silence if it comes later; so short ones break on a busy machine.
   */
  public static final int BROWSER_BUFFER = 960;

  /** What the browser's stream keeps ahead; a quarter of it is the sink's block. */
  public static final Duration STREAM = Duration.ofMillis(40);

  /**
   * How much earlier than it leaves the sink a sound is placed. A page that orders sound and
   * picture for the same moment is heard 35 to 63 ms late, by where its paints lie in their frames.
   * A page that asks for the latency is on time, and a video element, which does, is up to 20 ms
   * late. This lies between.
   */
  public static final Duration SHIFT = Duration.ofMillis(25);

  private SoundPath() {}
}
