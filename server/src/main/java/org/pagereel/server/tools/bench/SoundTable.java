package org.pagereel.server.tools.bench;

import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import org.pagereel.recorder.SoundCounters;

/** Results as a Markdown table that also reads well on a terminal. */
public final class SoundTable {
  private static final String ROW =
      "| %-15s | %-11s | %-9s | %9s | %7s | %-17s | %10s | %13s | %7s | %6s | %5s | %6s | %-18s |\n";

  private SoundTable() {}

  public static String of(List<SoundResult> results) {
    StringBuilder text = new StringBuilder();
    text.append(
        ROW.formatted(
            "case",
            "load",
            "pipeline",
            "Web Audio",
            "<video>",
            "breaks a run",
            "silence ms",
            "level dB",
            "A/V p95",
            "median",
            "pairs",
            "cores",
            "own report"));
    text.append("|---|---|---|--:|--:|---|--:|--:|--:|--:|--:|--:|---|\n");
    results.forEach(result -> text.append(row(result)));
    return text.toString();
  }

  private static String row(SoundResult result) {
    boolean tone = result.what().isTone();
    return ROW.formatted(
        result.what().title(),
        result.load().title(),
        result.ours() ? "ours" : "reference",
        tone ? result.webAudioBreaks() : "–",
        tone ? result.videoBreaks() : "–",
        tone ? breaks(result) : "–",
        tone ? result.longestMillis() : "–",
        tone ? decibels(result.webAudioOff()) + " " + decibels(result.videoOff()) : "–",
        number("%.0f", result.p95Millis()),
        number("%+.0f", result.medianMillis()),
        tone ? "–" : result.pairs(),
        number("%.3f", result.cores()),
        result.ours() ? counted(result.counted()) : "–");
  }

  private static String counted(SoundCounters counted) {
    return "%d, %d ms, longest %d"
        .formatted(counted.breaks(), counted.silentMillis(), counted.longestMillis());
  }

  /** Of each run; one that is not whole says how much of it was heard. */
  private static String breaks(SoundResult result) {
    return result
        .tones()
        .map(tone ->
            tone.isWhole(result.lengthSeconds())
                ? String.valueOf(tone.breaks())
                : String.format(Locale.ROOT, "%d in %.0f s", tone.breaks(), tone.seconds()))
        .collect(Collectors.joining(", "));
  }

  private static String decibels(double value) {
    // Rounded first, so that almost nothing has no sign.
    return Double.isFinite(value)
        ? String.format(Locale.ROOT, "%+.2f", Math.round(value * 100) / 100.0)
        : "silent";
  }

  private static String number(String format, double value) {
    return Double.isNaN(value) ? "–" : String.format(Locale.ROOT, format, value);
  }
}
