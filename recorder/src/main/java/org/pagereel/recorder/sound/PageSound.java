package org.pagereel.recorder.sound;

import java.nio.FloatBuffer;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;
import org.pagereel.recorder.Durations;
import org.pagereel.recorder.SoundPath;
import org.pagereel.recorder.av.SoundEncoder;
import org.pagereel.recorder.process.SoundPipe;
import org.pagereel.recorder.timeline.Clock;

/**
 * What the page plays: 48 kHz stereo, in fragments that follow each other without a gap. Where the
 * sink gave nothing for too long, a fragment is silence.
 */
public final class PageSound {
  /**
   * Stereo samples from -1 to 1, interleaved.
   *
   * @param at the time of the first one, by the clock
   * @param end the time at which the next fragment begins
   * @param isLost this is silence in place of what was not played
   */
  public record Fragment(long at, long end, FloatBuffer samples, boolean isLost) {
    int frames() {
      return samples.limit() / SoundPath.CHANNELS;
    }
  }

  /** A sink that is silent for so long hangs; there is always something that it could play. */
  private static final Duration PATIENCE = Duration.ofSeconds(1);

  private static final long SHIFT_MICROS = SoundPath.SHIFT.toMillis() * 1000;

  private final SoundPipe pipe;
  private final SoundPace pace;

  /** Taken, but not returned yet. */
  private Optional<FloatBuffer> block = Optional.empty();

  /** Sound for a media time of this speed. */
  public PageSound(SoundPipe pipe, double speed) {
    this.pipe = pipe;
    pipe.discard();
    pace = new SoundPace(SoundEncoder.RATE * speed, Clock.micros());
  }

  /** Waits for the next fragment, a second at most. */
  Fragment read() {
    if (block.isEmpty()) {
      awaitTurn();
      block = pipe.read(PATIENCE);
    }
    boolean isLate = pace.lateMicros(Clock.micros()) > SoundPace.MAX_LATE_MICROS;
    return block.filter(taken -> !isLate).map(this::played).orElseGet(this::lost);
  }

  private void awaitTurn() {
    long wait = pace.waitMicros(Clock.micros());
    while (wait > 0) {
      LockSupport.parkNanos(wait * 1000);
      wait = pace.waitMicros(Clock.micros());
    }
  }

  private Fragment played(FloatBuffer samples) {
    block = Optional.empty();
    long at = pace.taken(samples.limit() / SoundPath.CHANNELS, Clock.micros());
    return fragment(at, samples, false);
  }

  /** All that is late, or its first second. */
  private Fragment lost() {
    long late = Math.min(pace.lateMicros(Clock.micros()), Durations.micros(PATIENCE));
    int frames = (int) (Math.max(0, late) * SoundEncoder.RATE / 1_000_000);
    long at = pace.givenUp(frames);
    return fragment(at, FloatBuffer.allocate(frames * SoundPath.CHANNELS), true);
  }

  private Fragment fragment(long at, FloatBuffer samples, boolean isLost) {
    return new Fragment(at - SHIFT_MICROS, pace.next() - SHIFT_MICROS, samples, isLost);
  }
}
