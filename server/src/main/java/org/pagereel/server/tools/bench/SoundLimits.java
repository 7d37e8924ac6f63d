package org.pagereel.server.tools.bench;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** The limits of our sound, and which of them are not kept. */
public final class SoundLimits {
  private static final int SILENCE_MILLIS = 100;
  private static final double LEVEL_DB = 0.3;

  /** The share of seconds that must have a flash and a beep. */
  private static final double PAIRED = 0.9;

  private SoundLimits() {}

  /** Each limit that our recordings do not keep, in a sentence; empty if they keep all. */
  public static List<String> broken(List<SoundResult> results) {
    List<String> broken = new ArrayList<>();
    for (SoundResult result : results) {
      if (result.ours()) {
        List<String> complaints =
            result.what().isTone() ? ofTone(result, peer(results, result)) : ofSync(result);
        complaints.forEach(complaint ->
            broken.add(
                "%s, %s: %s".formatted(result.what().title(), result.load().title(), complaint)));
      }
    }
    return broken;
  }

  private static List<String> ofTone(SoundResult ours, Optional<SoundResult> peer) {
    List<String> broken = new ArrayList<>();
    if (ours.load() != SoundLoad.ALONE) {
      peer.ifPresent(other -> compare(ours, other, broken));
    } else if (ours.totalBreaks() > 0) {
      broken.add(ours.totalBreaks() + " breaks; there must be none");
    }
    int silence = Math.max(ours.longestMillis(), (int) ours.counted().longestMillis());
    if (silence > SILENCE_MILLIS) {
      broken.add("silence of " + silence + " ms; " + SILENCE_MILLIS + " are allowed");
    }
    for (double level : new double[] {ours.webAudioOff(), ours.videoOff()}) {
      // Also when it is no number.
      if (!(Math.abs(level) <= LEVEL_DB)) {
        broken.add(
            String.format(
                Locale.ROOT, "level is off by %.2f dB; %.1f are allowed", level, LEVEL_DB));
      }
    }
    if (ours.seconds() < ToneHeard.WHOLE * ours.lengthSeconds()) {
      broken.add(
          String.format(
              Locale.ROOT, "only %.1f of %.0f s were heard", ours.seconds(), ours.lengthSeconds()));
    }
    return broken;
  }

  private static List<String> ofSync(SoundResult ours) {
    List<String> broken = new ArrayList<>();
    int limit = ours.what().limitMillis();
    if (!(ours.p95Millis() <= limit)) {
      broken.add(
          String.format(
              Locale.ROOT, "A/V p95 is %.0f ms; %d are allowed", ours.p95Millis(), limit));
    }
    double seconds = ours.lengthSeconds() * ours.runs().size();
    if (ours.pairs() < PAIRED * seconds) {
      broken.add(
          String.format(
              Locale.ROOT, "only %d of %.0f seconds have flash and beep", ours.pairs(), seconds));
    }
    return broken;
  }

  private static Optional<SoundResult> peer(List<SoundResult> results, SoundResult ours) {
    return results.stream()
        .filter(other -> !other.ours())
        .filter(other -> other.what() == ours.what() && other.load() == ours.load())
        .findFirst();
  }

  /** In the runs that the reference brought to an end. */
  private static void compare(SoundResult ours, SoundResult peer, List<String> broken) {
    List<Integer> runs = peer.wholeRuns();
    int breaks = ours.only(runs).totalBreaks();
    int allowed = peer.only(runs).totalBreaks();
    if (runs.isEmpty()) {
      broken.add("no run of the reference is whole, so there is nothing to compare with");
    } else if (breaks > allowed) {
      broken.add(breaks + " breaks; the reference has " + allowed);
    }
  }
}
