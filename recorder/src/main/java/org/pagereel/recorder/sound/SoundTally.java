package org.pagereel.recorder.sound;

import java.nio.FloatBuffer;
import org.pagereel.recorder.SoundCounters;
import org.pagereel.recorder.av.SoundEncoder;

/**
 * Counts what went wrong with the sound. The sound's thread writes, anyone reads.
 *
 * <p>Two things break sound. The recorder inserts silence where sound was lost on its way. And the
 * browser or the daemon, on a busy machine, plays silence for a buffer that was not ready: exact
 * zeros in mid-sound, which no page that fades or falls silent makes. A pause of exact zeros that
 * lasts longer than {@link #MAX_HOLE} is taken for the page's own.
 */
public final class SoundTally {
  /** Shorter ones cannot be heard, and a square wave may rest on zero. */
  private static final int MIN_HOLE = SoundEncoder.RATE / 500;

  private static final int MAX_HOLE = SoundEncoder.RATE / 4;

  /** The loudness above which sound breaks off: 1 % of full scale. */
  private static final float EDGE = 0.01f;

  /** It fades out of the loudness within some 2 ms: a wave crosses zero in between. */
  private static final double FADE = 0.95;

  private long breaks;
  private long silentSamples;
  private long longestSamples;

  /** The row of inserted samples that has lasted until now. */
  private long inserted;

  private int zeros;
  private boolean brokeOff;
  private double loudness;

  /** The first sound of a span follows nothing. */
  synchronized void spanBegins() {
    inserted = 0;
    forget();
  }

  private void forget() {
    brokeOff = false;
    zeros = 0;
    loudness = 0;
  }

  /** Silence was inserted for sound that was lost; what follows at once is the same break. */
  synchronized void inserted(long samples) {
    if (samples <= 0) {
      return;
    }
    breaks += inserted == 0 ? 1 : 0;
    inserted += samples;
    silentSamples += samples;
    longestSamples = Math.max(longestSamples, inserted);
    forget();
  }

  /** Interleaved stereo samples {@code [from, to)}, counted in pairs, as the page played them. */
  synchronized void heard(FloatBuffer samples, int from, int to) {
    inserted = 0;
    for (int i = from; i < to; i++) {
      float peak = Math.max(Math.abs(samples.get(2 * i)), Math.abs(samples.get(2 * i + 1)));
      if (peak == 0) {
        if (zeros == 0) {
          brokeOff = loudness >= EDGE;
        }
        zeros++;
      } else if (zeros > 0) {
        if (brokeOff && zeros >= MIN_HOLE && zeros <= MAX_HOLE) {
          count(zeros);
        }
        zeros = 0;
      }
      loudness = Math.max(peak, loudness * FADE);
    }
  }

  public synchronized SoundCounters counters() {
    return new SoundCounters(breaks, millis(silentSamples), millis(longestSamples));
  }

  private void count(long samples) {
    breaks++;
    silentSamples += samples;
    longestSamples = Math.max(longestSamples, samples);
  }

  private static long millis(long samples) {
    return samples * 1000 / SoundEncoder.RATE;
  }
}
