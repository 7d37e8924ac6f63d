package org.pagereel.server.tools.bench;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.pagereel.server.tools.measure.CpuUse.Part;

/** Comparisons as a Markdown table that also reads well on a terminal. */
public final class BenchTable {
  private static final String ROW =
      "| %-18s | %-9s | %7s | %6s | %5s | %8s | %5s | %8s | %7s | %6s | %6s | %5s | %6s |\n";

  private BenchTable() {}

  public static String of(List<Comparison> comparisons) {
    StringBuilder text = new StringBuilder();
    text.append(
        ROW.formatted(
            "page",
            "pipeline",
            "browser",
            "screen",
            "sound",
            "recorder",
            "cores",
            "unique/s",
            "dropped",
            "A/V ms",
            "breaks",
            "kbps",
            "SSIM"));
    text.append("|---|---|--:|--:|--:|--:|--:|--:|--:|--:|--:|--:|--:|\n");
    List<String> ratios = new ArrayList<>();
    for (Comparison comparison : comparisons) {
      text.append(row(comparison.page(), "ours", comparison.ours()));
      text.append(row(comparison.page(), "reference", comparison.reference()));
      ratios.add(
          String.format(
              Locale.ROOT,
              "%s: ours / reference = %.2f",
              comparison.page().title(),
              comparison.ratio()));
    }
    return text.append('\n').append(String.join("\n", ratios)).append('\n').toString();
  }

  private static String row(BenchPage page, String pipeline, Outcome outcome) {
    return ROW.formatted(
        page.title(),
        pipeline,
        cores(outcome, Part.BROWSER),
        cores(outcome, Part.SCREEN),
        cores(outcome, Part.SOUND),
        cores(outcome, Part.RECORDER),
        number("%.3f", outcome.totalCores()),
        number("%.1f", outcome.uniqueFramesPerSecond()),
        outcome.dropped(),
        number("%.0f", outcome.offsetMillis()),
        number("%.0f", outcome.breaks()),
        number("%.0f", outcome.bitrateKbps()),
        number("%.4f", outcome.ssim()));
  }

  private static String cores(Outcome outcome, Part part) {
    return number("%.3f", outcome.cores().getOrDefault(part, 0.0));
  }

  private static String number(String format, double value) {
    return Double.isNaN(value) ? "–" : String.format(Locale.ROOT, format, value);
  }
}
