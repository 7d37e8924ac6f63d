package org.pagereel.recorder;

import java.time.Duration;

/**
 * How sound goes from the page to the recorder. The browser, its Pulse stream and the sink are all
 * opened with these values, so the delay is the same in each recording and is known before it
 * begins. The values belong together; docs/BENCHMARKS.md has the figures.
 */
public final class SoundPath {
  /** Of the sink, of the browser's output, and of the files: nothing is resampled on the way. */
  public static final int RATE = 48_000;

  /** Of the sink; a file may have one. */
  public static final int CHANNELS = 2;

  /** The recorder's thread that takes the sound from the sink. */
  public static final String THREAD = "sound";

  /**
   * Most samples that the sink renders at once: as many as fit into the smallest pipe, as floats.
   */
  public static final int BLOCK = 512;

  /**
   * Samples that the browser renders at once, two of WebRTC's blocks of 10 ms. It waits for a
   * page's sound for nearly as long, and plays silence if it comes later; so short ones break on a
   * busy machine.
   */
  public static final int BROWSER_BUFFER = 960;

  /** The sound that the browser's stream keeps ahead, the sink's pipe included. */
  public static final Duration STREAM = Duration.ofMillis(40);

  /**
   * How much earlier than it leaves the sink a sound is placed. A page that orders sound and
   * picture for the same moment is heard 35 to 63 ms late, by where its paints lie in their frames.
   * A page that asks for the latency is on time, and a video element, which does, is up to 20 ms
   * late. This lies between.
   */
  public static final Duration SHIFT = Duration.ofMillis(22);

  private SoundPath() {}
}
