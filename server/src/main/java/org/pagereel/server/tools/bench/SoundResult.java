package org.pagereel.server.tools.bench;

import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.function.ToDoubleFunction;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.pagereel.recorder.SoundCounters;
import org.pagereel.server.tools.measure.FlashBeep;

/** All runs of one pipeline on one page under one load. */
public record SoundResult(
    SoundCase what, SoundLoad load, boolean ours, double lengthSeconds, List<SoundOutcome> runs) {

  /** Breaks of both tones in all runs. */
  int totalBreaks() {
    return tones().mapToInt(ToneHeard::breaks).sum();
  }

  /** Only these of its runs, counted from 0. */
  SoundResult only(List<Integer> which) {
    return new SoundResult(what, load, ours, lengthSeconds, which.stream().map(runs::get).toList());
  }

  /** The runs, counted from 0, that have a tone from beginning to end. */
  List<Integer> wholeRuns() {
    return IntStream.range(0, runs.size())
        .filter(run -> {
          ToneHeard tone = runs.get(run).tone();
          return tone != null && tone.isWhole(lengthSeconds);
        })
        .boxed()
        .toList();
  }

  int webAudioBreaks() {
    return tones().mapToInt(tone -> tone.webAudio().breaks()).sum();
  }

  int videoBreaks() {
    return tones().mapToInt(tone -> tone.video().breaks()).sum();
  }

  int longestMillis() {
    return tones().mapToInt(ToneHeard::longestMillis).max().orElse(0);
  }

  /** The level that deviates most, in dB with its sign; NaN without a tone. */
  double webAudioOff() {
    return farthest(ToneHeard::webAudioOff);
  }

  double videoOff() {
    return farthest(ToneHeard::videoOff);
  }

  /** The shortest stretch that could be listened to. */
  double seconds() {
    return tones().mapToDouble(ToneHeard::seconds).min().orElse(0);
  }

  /** Pairs of flash and beep in all runs. */
  int pairs() {
    return runs.stream().mapToInt(run -> run.offsetsMillis().size()).sum();
  }

  /** The 95th percentile of |beep - flash| in all runs; NaN without any pair. */
  double p95Millis() {
    return FlashBeep.p95(offsets());
  }

  /** The middle of beep minus flash: by how much sound is late. */
  double medianMillis() {
    double[] sorted = offsets().sorted().toArray();
    return sorted.length == 0 ? Double.NaN : sorted[sorted.length / 2];
  }

  double cores() {
    return runs.stream().mapToDouble(SoundOutcome::cores).average().orElse(Double.NaN);
  }

  /** The sum of the recorder's own reports. */
  SoundCounters counted() {
    return runs.stream()
        .map(SoundOutcome::counted)
        .filter(Objects::nonNull)
        .reduce(SoundCounters.NONE, SoundCounters::plus);
  }

  Stream<ToneHeard> tones() {
    return runs.stream().map(SoundOutcome::tone).filter(Objects::nonNull);
  }

  private DoubleStream offsets() {
    return runs.stream()
        .flatMap(run -> run.offsetsMillis().stream())
        .mapToDouble(Double::doubleValue);
  }

  private double farthest(ToDoubleFunction<ToneHeard> level) {
    double[] all = tones().mapToDouble(level).toArray();
    return Arrays.stream(all)
        .reduce((a, b) -> Math.abs(a) >= Math.abs(b) ? a : b)
        .orElse(Double.NaN);
  }
}
