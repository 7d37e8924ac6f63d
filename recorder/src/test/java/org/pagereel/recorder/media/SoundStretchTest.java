package org.pagereel.recorder.media;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ShortBuffer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class SoundStretchTest {
  private static final int RATE = SoundEncoder.RATE;
  private static final double AMPLITUDE = 0.5;

  /** A tone of 500 Hz rises by this much from sample to sample at the most. */
  private static final double STEEPEST = AMPLITUDE * 2 * Math.PI * 500 / RATE;

  /** The first samples come out of a filter that is not full yet. */
  private static final int FILTER = 64;

  private final SoundStretch stretch = new SoundStretch();
  private long made;
  private float last;
  private double steepest;
  private double loudest;

  @AfterEach
  void close() {
    stretch.close();
  }

  @Test
  void leavesSoundAsItIs() {
    feed(0, 10 * RATE);
    assertThat(made).isCloseTo(10 * RATE, within(32L));
    assertThat(steepest).isLessThan(STEEPEST * 1.01);
    assertThat(loudest).isCloseTo(AMPLITUDE, within(0.005));
  }

  @Test
  void addsSamplesWithoutABreak() {
    stretch.correct(480);
    feed(0, SoundStretch.SPREAD);
    stretch.correct(0);
    feed(SoundStretch.SPREAD, RATE);
    assertThat(made).isCloseTo(SoundStretch.SPREAD + RATE + 480, within(32L));
    assertThat(steepest).isLessThan(STEEPEST * 1.02);
  }

  @Test
  void takesSamplesAwayWithoutABreak() {
    stretch.correct(-480);
    feed(0, SoundStretch.SPREAD);
    assertThat(made).isCloseTo(SoundStretch.SPREAD - 480, within(32L));
    assertThat(steepest).isLessThan(STEEPEST * 1.02);
  }

  @Test
  void correctsNoMoreThanCannotBeHeard() {
    stretch.correct(RATE);
    feed(0, SoundStretch.SPREAD);
    assertThat(made).isCloseTo(SoundStretch.SPREAD + SoundStretch.MAX_CORRECTION, within(32L));
  }

  /** Fragments of 10 ms of a steady tone, from this sample on. */
  private void feed(long first, int samples) {
    for (int at = 0; at < samples; at += 480) {
      ShortBuffer fragment = ShortBuffer.allocate(960);
      for (int i = 0; i < 480; i++) {
        double phase = 2 * Math.PI * 500 * (first + at + i) / RATE;
        short sample = (short) Math.round(AMPLITUDE * 32_768 * Math.sin(phase));
        fragment.put(2 * i, sample).put(2 * i + 1, sample);
      }
      stretch.feed(fragment, 0, 480, this::take);
    }
  }

  private void take(MemorySegment left, MemorySegment right, int count) {
    for (int i = 0; i < count; i++) {
      float sample = left.getAtIndex(ValueLayout.JAVA_FLOAT, i);
      assertThat(right.getAtIndex(ValueLayout.JAVA_FLOAT, i)).isEqualTo(sample);
      if (made > FILTER) {
        steepest = Math.max(steepest, Math.abs(sample - last));
      }
      loudest = Math.max(loudest, Math.abs(sample));
      last = sample;
      made++;
    }
  }
}
