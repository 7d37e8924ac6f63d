package org.pagereel.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;
import org.pagereel.recorder.Report;
import org.pagereel.recorder.wire.Command;
import org.pagereel.recorder.wire.Event;
import org.pagereel.server.tools.measure.Decoded;
import org.pagereel.server.tools.measure.FlashBeep;
import org.pagereel.server.tools.measure.SteadyTone;

/**
 * A long recording's sound has no cut, and lies beside the picture at its end as at its beginning:
 * {@code ./pagereel test -Dtest=LongSoundTest -Dpagereel.soundMinutes=60
 * -Dsurefire.failIfNoSpecifiedTests=false}.
 */
@EnabledIfSystemProperty(named = "pagereel.soundMinutes", matches = "\\d+")
@WholeMachine
class LongSoundTest {
  private static final Duration LENGTH =
      Duration.ofMinutes(Integer.getInteger("pagereel.soundMinutes", 60));

  /** Seconds from beep to beep; they fall in all places between two pictures. */
  private static final double EVERY = 1.013;

  /**
   * A tone without end at the left; at the right a beep about every second, with which the page
   * flashes.
   */
  private static final String PAGE =
      """
      <body style="margin:0;background:#000"><script>
      const context = new AudioContext();
      const both = new ChannelMergerNode(context, { numberOfInputs: 2 });
      both.connect(context.destination);
      const play = (frequency, gain, channel) => {
        const sound = new OscillatorNode(context, { frequency });
        const level = new GainNode(context, { gain });
        sound.connect(level).connect(both, 0, channel);
        sound.start();
        return level.gain;
      };
      play(500, 0.25, 0);
      const beep = play(1000, 0, 1);
      const every = SECONDS;
      let next = every;
      const plan = () => {
        for (; next < context.currentTime + 10; next += every) {
          beep.setValueAtTime(0.5, next);
          beep.setValueAtTime(0, next + 0.1);
        }
      };
      plan();
      setInterval(plan, 2000);
      const flash = () => {
        document.body.style.background = context.currentTime % every < 0.1 ? "#fff" : "#000";
        requestAnimationFrame(flash);
      };
      flash();
      </script>
      """
          .replace("SECONDS", String.valueOf(EVERY));

  @TempDir Path folder;

  @Test
  void isOneFromBeginningToEnd() throws Exception {
    try (TestPages pages = new TestPages()) {
      TestRecorder recorder = new TestRecorder(folder, pages.html("long.html", PAGE)).start();
      recorder.await(Event.Recording.class);
      TestRecorder.after(LENGTH.plusSeconds(4), () -> recorder.send(new Command.Stop()));
      assertThat(recorder.end()).isInstanceOf(Event.Finished.class);
      Report report = recorder.report();

      double seconds = LENGTH.toSeconds();
      SteadyTone tone = SteadyTone.of(Decoded.channel(recorder.video(), 0), 500, 3, 3 + seconds);
      double[] offsets =
          FlashBeep.of(recorder.video(), "64:64:288:148", 1)
              .between(3, 3 + seconds)
              .offsetsMillis();
      int few = Math.min(60, offsets.length / 2);
      double atFirst = median(Arrays.copyOf(offsets, few));
      double atLast = median(Arrays.copyOfRange(offsets, offsets.length - few, offsets.length));
      System.out.printf(
          "%.0f s: %d breaks at %s, silence %d ms; beep after flash %.1f ms at first, %.1f ms at last;"
              + " %d pairs%n",
          tone.seconds(),
          tone.breaks(),
          tone.breaksAt().stream()
              .map(at -> report.startedAt().plusMillis(Math.round(at * 1000)))
              .toList(),
          tone.silentMillis(),
          atFirst,
          atLast,
          offsets.length);
      assertThat(tone.level()).isCloseTo(0.25, within(0.01));
      assertThat(tone.seconds()).isGreaterThan(seconds - 1);
      assertThat(tone.breaks()).isZero();
      assertThat(offsets.length).isGreaterThan((int) (seconds / EVERY * 0.98));
      assertThat(Math.abs(atLast - atFirst)).isLessThanOrEqualTo(10);
    }
  }

  private static double median(double[] values) {
    double[] sorted = Arrays.stream(values).sorted().toArray();
    return sorted[sorted.length / 2];
  }
}
