package org.pagereel.recorder.sound;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.nio.FloatBuffer;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.pagereel.recorder.SoundCounters;
import org.pagereel.recorder.SoundProfile;
import org.pagereel.recorder.av.SoundEncoder;
import org.pagereel.recorder.sound.PageSound.Fragment;
import org.pagereel.recorder.timeline.Clock;
import org.pagereel.recorder.timeline.Timeline;

/** A steady tone in fragments of 10 ms, all of which have sounded before the track begins. */
class SoundTrackTest {
  private static final int RATE = SoundEncoder.RATE;
  private static final int SAMPLES = RATE / 100;
  private static final long SECOND = 1_000_000;
  private static final long LENGTH = 10_000;

  private final long zero = Clock.micros() - 1000 * SECOND;
  private final SoundEncoder encoder = SoundEncoder.live(new SoundProfile(2, 128));
  private final Timeline timeline = new Timeline(1);
  private final SoundTally tally = new SoundTally();
  private final Deque<Fragment> fragments = new ArrayDeque<>();
  private final CountingSink sink = new CountingSink();
  private boolean comesNoMore;

  /** How much was placed when all fragments had been read, and silence had filled nothing yet. */
  private long placed;

  @AfterEach
  void close() {
    encoder.close();
  }

  @Test
  void beginsAndEndsToTheSample() {
    sound(0, 12 * SECOND);
    timeline.begin(zero + SECOND + 3_217);
    timeline.end(zero + 11 * SECOND + 1_417);
    run();
    assertThat(encoder.samples()).isEqualTo(Math.round((10 * SECOND - 1_800) * (RATE / 1e6)));
    assertThat(placed).isEqualTo(encoder.samples());
    assertThat(sink.sounds)
        .isEqualTo((int) (encoder.samples() + 1023) / 1024 + 1); // and the priming
    assertThat(tally.counters()).isEqualTo(SoundCounters.NONE);
  }

  @Test
  void aPauseIsCutOutAndIsNoBreak() {
    sound(0, 12 * SECOND);
    timeline.begin(zero + SECOND);
    timeline.pause(zero + 3 * SECOND + 5_003);
    timeline.resume(zero + 6 * SECOND + 7_001);
    timeline.end(zero + 10 * SECOND);
    run();
    assertThat(encoder.samples()).isEqualTo(Math.round((6 * SECOND - 1_998) * (RATE / 1e6)));
    assertThat(sink.soundEnds).first().isEqualTo(2 * SECOND + 5_003);
    assertThat(tally.counters()).isEqualTo(SoundCounters.NONE);
  }

  @Test
  void soundThatWasLostIsSilenceInItsPlace() {
    sound(0, 4 * SECOND);
    sound(4 * SECOND + 300_000, 8 * SECOND);
    timeline.begin(zero + SECOND);
    timeline.end(zero + 7 * SECOND);
    run();
    assertThat(encoder.samples()).isEqualTo(6L * RATE);
    assertThat(placed).isEqualTo(6L * RATE);
    assertThat(tally.counters().breaks()).isEqualTo(1);
    assertThat(tally.counters().silentMillis()).isCloseTo(300, within(2L));
  }

  @Test
  void whatTheSourceLostIsOneBreakHoweverManyFragments() {
    sound(0, 3 * SECOND);
    for (int i = 0; i < 4; i++) {
      long at = zero + 3 * SECOND + i * SECOND / 2;
      fragments.add(fragment(at, FloatBuffer.allocate(RATE), true));
    }
    sound(5 * SECOND, 8 * SECOND);
    timeline.begin(zero + SECOND);
    timeline.end(zero + 7 * SECOND);
    run();
    assertThat(encoder.samples()).isEqualTo(6L * RATE);
    assertThat(tally.counters()).isEqualTo(new SoundCounters(1, 2000, 2000));
  }

  /** The daemon is gone before the end. */
  @Test
  void whatNeverCameIsSilenceToTheEndAndCounted() {
    sound(0, 3 * SECOND);
    comesNoMore = true;
    timeline.begin(zero + SECOND);
    timeline.end(zero + 7 * SECOND);
    run();
    assertThat(encoder.samples()).isEqualTo(6L * RATE);
    assertThat(tally.counters()).isEqualTo(new SoundCounters(1, 4000, 4000));
  }

  /** Sounds over this clock time. */
  private void sound(long from, long to) {
    for (long at = from; at < to; at += LENGTH) {
      fragments.add(fragment(zero + at, tone(fragments.size()), false));
    }
  }

  private static Fragment fragment(long at, FloatBuffer samples, boolean isLost) {
    return new Fragment(at, at + samples.limit() / 2 * SECOND / RATE, samples, isLost);
  }

  private static FloatBuffer tone(int number) {
    float[] samples = new float[2 * SAMPLES];
    for (int i = 0; i < SAMPLES; i++) {
      double phase = 2 * Math.PI * 500 * (number * SAMPLES + i) / RATE;
      samples[2 * i] = samples[2 * i + 1] = (float) (0.25 * Math.cos(phase));
    }
    return FloatBuffer.wrap(samples);
  }

  private void run() {
    SoundTrack[] itself = new SoundTrack[1];
    SoundTrack.Input input =
        () -> {
          if (!fragments.isEmpty()) {
            return Optional.of(fragments.remove());
          }
          placed = encoder.samples();
          if (comesNoMore) {
            return Optional.empty();
          }
          itself[0].stop();
          return Optional.of(fragment(Clock.micros(), tone(0), false)); // after the end
        };
    itself[0] = new SoundTrack(input, encoder, timeline, sink, tally);
    itself[0].run();
  }
}
