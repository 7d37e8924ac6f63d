package org.pagereel.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.pagereel.recorder.SoundProfile;
import org.pagereel.recorder.session.Report;
import org.pagereel.server.measure.Decoded;
import org.pagereel.server.measure.SteadyTone;

/** A tone that a page holds is in the file without a break, at its level. */
class ToneTest {
  private static final double LEVEL = 0.8;

  /** One break a second: what a noisy machine may do to it, and what the old buffers did. */
  private static final int MAX_BREAKS = 5;

  @TempDir Path folder;

  @ParameterizedTest(name = "{0} channels")
  @ValueSource(ints = {1, 2})
  void aLoudToneInBothChannelsIsWholeAndAsLoud(int channels) throws Exception {
    try (TestPages pages = new TestPages()) {
      String page =
          pages.html(
              "tone",
              """
              <script>
                const context = new AudioContext();
                const tone = new OscillatorNode(context, { frequency: 500 });
                tone.connect(new GainNode(context, { gain: %s })).connect(context.destination);
                tone.start();
              </script>
              """
                  .formatted(LEVEL));
      TestRecorder recorder =
          new TestRecorder(folder, page).sound(new SoundProfile(channels, 128)).start();
      Report report = recorder.record(Duration.ofSeconds(6));

      SteadyTone seen = SteadyTone.of(Decoded.sound(recorder.video()), 500, 1, 5.5);
      assertThat(20 * Math.log10(seen.level() / LEVEL)).isCloseTo(0, within(0.3));
      assertThat(seen.breaks()).isLessThan(MAX_BREAKS);
      assertThat(seen.longestMillis()).isLessThan(100);
      assertThat(report.sound()).isNotNull();
      assertThat(report.sound().breaks()).isLessThanOrEqualTo(seen.breaks() + 1L);
      recorder.assertNothingLeft();
    }
  }
}
