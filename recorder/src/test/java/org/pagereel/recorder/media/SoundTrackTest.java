package org.pagereel.recorder.media;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.nio.ShortBuffer;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import org.bytedeco.ffmpeg.avcodec.AVPacket;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.pagereel.recorder.SoundProfile;
import org.pagereel.recorder.media.SoundSource.Fragment;

/** A steady tone in fragments of 10 ms, all of which have sounded before the track begins. */
class SoundTrackTest {
  private static final int RATE = SoundEncoder.RATE;
  private static final int SAMPLES = RATE / 100;
  private static final long SECOND = 1_000_000;
  private static final long LENGTH = 10_000;

  private final long zero = Clock.micros() - 1000 * SECOND;
  private final SoundEncoder encoder = new SoundEncoder(new SoundProfile(2, 128));
  private final SoundStretch stretch = new SoundStretch();
  private final Timeline timeline = new Timeline();
  private final SoundTally tally = new SoundTally();
  private final Deque<Fragment> fragments = new ArrayDeque<>();
  private final List<Long> ends = new ArrayList<>();
  private long packets;

  /** How much was placed when all fragments had been read, and silence had filled nothing yet. */
  private long placed;

  @AfterEach
  void close() {
    stretch.close();
    encoder.close();
  }

  @Test
  void beginsAndEndsToTheSample() {
    sound(0, 12 * SECOND, 0);
    timeline.begin(zero + SECOND + 3_217);
    timeline.end(zero + 11 * SECOND + 1_417);
    run();
    assertThat(encoder.samples()).isEqualTo(Math.round((10 * SECOND - 1_800) * (RATE / 1e6)));
    assertThat(placed).isCloseTo(encoder.samples(), within(32L));
    assertThat(packets).isEqualTo((encoder.samples() + 1023) / 1024 + 1); // and the priming
    assertThat(tally.counters()).isEqualTo(SoundCounters.NONE);
  }

  @Test
  void aPauseIsCutOutAndIsNoBreak() {
    sound(0, 12 * SECOND, 0);
    timeline.begin(zero + SECOND);
    timeline.pause(zero + 3 * SECOND + 5_003);
    timeline.resume(zero + 6 * SECOND + 7_001);
    timeline.end(zero + 10 * SECOND);
    run();
    assertThat(encoder.samples()).isEqualTo(Math.round((6 * SECOND - 1_998) * (RATE / 1e6)));
    assertThat(ends).first().isEqualTo(2 * SECOND + 5_003);
    assertThat(tally.counters()).isEqualTo(SoundCounters.NONE);
  }

  @Test
  void soundThatWasLostIsSilenceInItsPlace() {
    sound(0, 4 * SECOND, 0);
    sound(4 * SECOND + 300_000, 8 * SECOND, 0);
    timeline.begin(zero + SECOND);
    timeline.end(zero + 7 * SECOND);
    run();
    assertThat(encoder.samples()).isEqualTo(6L * RATE);
    assertThat(placed).isCloseTo(6L * RATE, within(32L));
    assertThat(tally.counters().breaks()).isEqualTo(1);
    assertThat(tally.counters().silentMillis()).isCloseTo(300, within(2L));
  }

  /** 60 ms after two minutes; that the stretch itself cuts nothing is SoundStretchTest's. */
  @Test
  void aClockThatRunsDifferentlyIsFollowedWithoutABreak() {
    for (double ppm : new double[] {500, -500}) {
      SoundTrackTest track = new SoundTrackTest();
      track.sound(0, 122 * SECOND, ppm);
      track.timeline.begin(track.zero + SECOND);
      track.timeline.end(track.zero + 121 * SECOND);
      track.run();
      assertThat(track.placed).isCloseTo(120L * RATE, within(RATE / 100L));
      assertThat(track.tally.counters().breaks()).isZero();
      track.close();
    }
  }

  /** Sounds over this clock time, by a clock of its own that runs slower by so much. */
  private void sound(long from, long to, double ppm) {
    double step = LENGTH * (1 + ppm / 1e6);
    for (double at = from; at < to; at += step) {
      fragments.add(new Fragment(zero + Math.round(at), tone(fragments.size())));
    }
  }

  private static ShortBuffer tone(int number) {
    short[] samples = new short[2 * SAMPLES];
    for (int i = 0; i < SAMPLES; i++) {
      double phase = 2 * Math.PI * 500 * (number * SAMPLES + i) / RATE;
      samples[2 * i] = samples[2 * i + 1] = (short) Math.round(8_000 * Math.cos(phase));
    }
    return ShortBuffer.wrap(samples);
  }

  private void run() {
    SoundTrack[] itself = new SoundTrack[1];
    SoundTrack.Input input =
        new SoundTrack.Input() {
          @Override
          public Fragment read() {
            if (!fragments.isEmpty()) {
              return fragments.remove();
            }
            placed = encoder.samples();
            itself[0].stop();
            return new Fragment(Clock.micros(), tone(0)); // what sounds now, after the end
          }

          @Override
          public double driftPpm() {
            return 0;
          }
        };
    SoundTrack.Output output =
        new SoundTrack.Output() {
          @Override
          public void sound(AVPacket packet) {
            packets++;
          }

          @Override
          public void soundEndsAt(long mediaMicros) {
            ends.add(mediaMicros);
          }
        };
    itself[0] = new SoundTrack(input, encoder, stretch, timeline, output, tally);
    itself[0].run();
  }
}
