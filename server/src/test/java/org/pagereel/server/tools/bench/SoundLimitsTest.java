package org.pagereel.server.tools.bench;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.stream.DoubleStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.pagereel.recorder.SoundCounters;
import org.pagereel.server.tools.measure.Decoded;

class SoundLimitsTest {
  private static final int RATE = Decoded.SOUND_RATE;
  private static final int SECONDS = 12;

  @Test
  void aWholeToneKeepsAllLimits() {
    assertThat(broken(tone(SoundLoad.ALONE, true, 0, 0))).isEmpty();
  }

  @Test
  void aloneNothingMayBreak() {
    assertThat(broken(tone(SoundLoad.ALONE, true, 1, 20)))
        .containsExactly("steady tone, alone: 1 breaks; there must be none");
  }

  @Test
  void underLoadTheReferenceIsTheLimit() {
    SoundResult ours = tone(SoundLoad.LOOP, true, 3, 20);
    assertThat(broken(ours, tone(SoundLoad.LOOP, false, 3, 20))).isEmpty();
    assertThat(broken(ours, tone(SoundLoad.LOOP, false, 2, 20)))
        .containsExactly("steady tone, one loop: 3 breaks; the reference has 2");
    assertThat(broken(ours, tone(SoundLoad.CLASSES, false, 2, 20))).isEmpty();
    assertThat(broken(ours)).isEmpty();
  }

  @Test
  void silenceHasALimitOfItsOwn() {
    SoundResult peer = tone(SoundLoad.LOOP, false, 3, 20);
    assertThat(broken(tone(SoundLoad.LOOP, true, 1, 90), peer)).isEmpty();
    assertThat(broken(tone(SoundLoad.LOOP, true, 1, 150), peer))
        .singleElement()
        .asString()
        .contains("silence of 1");
  }

  @Test
  void whatTheReportCountsIsSilenceToo() {
    SoundResult ours = result(SoundLoad.LOOP, true, 0, 0, 0.25, new SoundCounters(1, 200, 200));
    assertThat(broken(ours))
        .containsExactly("steady tone, one loop: silence of 200 ms; 100 are allowed");
  }

  @Test
  void theLevelIsKept() {
    assertThat(broken(result(SoundLoad.ALONE, true, 0, 0, 0.24, SoundCounters.NONE)))
        .containsExactly("steady tone, alone: level is off by -0.35 dB; 0.3 are allowed");
  }

  @Test
  void aToneThatIsNotThereIsNotUnbroken() {
    short[] silence = new short[SECONDS * RATE];
    ToneHeard heard = ToneHeard.of(silence, silence, 0.25, 1, 11);
    assertThat(broken(of(SoundLoad.ALONE, true, heard, SoundCounters.NONE)))
        .contains("steady tone, alone: level is off by -Infinity dB; 0.3 are allowed");
  }

  @Test
  void aFileThatLostTimeIsNotUnbroken() {
    short[] left = sine(8, 500, 0.25);
    short[] right = sine(8, 800, 0.25);
    ToneHeard heard = ToneHeard.of(left, right, 0.25, 1, 11);
    assertThat(broken(of(SoundLoad.ALONE, true, heard, SoundCounters.NONE)))
        .containsExactly("steady tone, alone: only 7.0 of 10 s were heard");
  }

  @Test
  void soundAndPictureStayTogether() {
    assertThat(broken(sync(SoundCase.VIDEO, 10, 24))).isEmpty();
    assertThat(broken(sync(SoundCase.VIDEO, 10, 26)))
        .containsExactly("A/V <video>, alone: A/V p95 is 26 ms; 25 are allowed");
    assertThat(broken(sync(SoundCase.WEBRTC, 10, -44))).isEmpty();
    assertThat(broken(sync(SoundCase.AUDIO, 5, 10)))
        .containsExactly("A/V Web Audio, alone: only 5 of 10 seconds have flash and beep");
    assertThat(broken(sync(SoundCase.OUTPUT, 0, 0))).hasSize(2);
  }

  @Test
  void onePairInTwentyMayBeFarOff() {
    SoundOutcome outcome =
        new SoundOutcome(
            null,
            DoubleStream.concat(DoubleStream.generate(() -> 5).limit(19), DoubleStream.of(300))
                .boxed()
                .toList(),
            0,
            null);
    SoundResult result =
        new SoundResult(SoundCase.VIDEO, SoundLoad.ALONE, true, 20, List.of(outcome));
    assertThat(result.p95Millis()).isEqualTo(5);
    assertThat(result.medianMillis()).isEqualTo(5);
  }

  @Test
  void aRowShowsWhatWasHeard() {
    List<String> lines =
        SoundTable.of(List.of(tone(SoundLoad.LOOP, true, 2, 30), sync(SoundCase.WEBRTC, 10, 12)))
            .lines()
            .toList();
    assertThat(lines).hasSize(4);
    assertThat(cells(lines.get(2)))
        .startsWith("steady tone", "one loop", "ours", "2", "0", "2")
        .contains("+0.00 +0.00", "0, 0 ms, longest 0");
    assertThat(cells(lines.get(3))).startsWith("A/V WebRTC", "alone", "ours", "–").contains("+12");
    assertThat(lines).allSatisfy(line -> assertThat(cells(line)).hasSize(13));
  }

  @Test
  void aReferenceThatBrokeOffIsNoLimit() {
    SoundResult ours = tone(SoundLoad.LOOP, true, 3, 20);
    SoundResult peer = tone(SoundLoad.LOOP, false, 3, 20);
    ToneHeard nothing = ToneHeard.of(new short[0], new short[0], 0.25, 1, 11);
    ToneHeard silent =
        ToneHeard.of(new short[SECONDS * RATE], new short[SECONDS * RATE], 0.25, 1, 11);
    for (ToneHeard failed : List.of(nothing, silent)) {
      SoundResult broke = of(SoundLoad.LOOP, false, failed, null);
      assertThat(broken(ours, broke))
          .containsExactly(
              "steady tone, one loop: no run of the reference is whole, so there is nothing to"
                  + " compare with");
      // What we broke while the reference did not record is not held against its other run.
      assertThat(broken(runs(ours, ours), runs(broke, peer))).isEmpty();
    }
    assertThat(SoundTable.of(List.of(of(SoundLoad.LOOP, false, nothing, null))))
        .contains("0 in 0 s");
  }

  /** Two results of one run each, as one of two runs. */
  private static SoundResult runs(SoundResult first, SoundResult second) {
    return new SoundResult(
        first.what(),
        first.load(),
        first.ours(),
        first.lengthSeconds(),
        List.of(first.runs().getFirst(), second.runs().getFirst()));
  }

  private static List<String> cells(String line) {
    return Arrays.stream(line.substring(1, line.length() - 1).split("\\|", -1))
        .map(String::strip)
        .toList();
  }

  private static List<String> broken(SoundResult... results) {
    return SoundLimits.broken(List.of(results));
  }

  /** A tone that is missing in its left channel so often, for so many milliseconds each. */
  private static SoundResult tone(SoundLoad load, boolean ours, int holes, int millis) {
    return result(load, ours, holes, millis, 0.25, SoundCounters.NONE);
  }

  private static SoundResult result(
      SoundLoad load, boolean ours, int holes, int millis, double level, SoundCounters counted) {
    short[] left = sine(SECONDS, 500, level);
    for (int hole = 0; hole < holes; hole++) {
      int at = (2 + hole) * RATE;
      Arrays.fill(left, at, at + millis * RATE / 1000, (short) 0);
    }
    ToneHeard heard = ToneHeard.of(left, sine(SECONDS, 800, 0.25), 0.25, 1, 11);
    return of(load, ours, heard, counted);
  }

  private static SoundResult of(
      SoundLoad load, boolean ours, ToneHeard heard, @Nullable SoundCounters counted) {
    SoundOutcome outcome = new SoundOutcome(heard, List.of(), 0.5, counted);
    return new SoundResult(SoundCase.TONE, load, ours, 10, List.of(outcome));
  }

  private static SoundResult sync(SoundCase what, int pairs, double offset) {
    SoundOutcome outcome =
        new SoundOutcome(null, Collections.nCopies(pairs, offset), 0.5, SoundCounters.NONE);
    return new SoundResult(what, SoundLoad.ALONE, true, 10, List.of(outcome));
  }

  private static short[] sine(int seconds, double hertz, double level) {
    short[] sound = new short[seconds * RATE];
    for (int i = 0; i < sound.length; i++) {
      sound[i] =
          (short) Math.round(level * Short.MAX_VALUE * Math.sin(2 * Math.PI * hertz * i / RATE));
    }
    return sound;
  }
}
