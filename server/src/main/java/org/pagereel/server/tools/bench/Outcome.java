package org.pagereel.server.tools.bench;

import java.util.Map;
import org.pagereel.server.tools.measure.CpuUse;
import org.pagereel.server.tools.measure.CpuUse.Part;

/**
 * What one run of one pipeline on one page gave.
 *
 * @param cores processors in use, by part
 * @param offsetMillis 95th percentile of |beep - flash|; NaN on a silent page
 * @param breaks of the page's two tones, together; NaN on a page that holds none
 * @param bitrateKbps of the whole file, sound included
 * @param ssim NaN when quality was not measured in this run
 */
public record Outcome(
    Map<Part, Double> cores,
    double uniqueFramesPerSecond,
    long dropped,
    double offsetMillis,
    double breaks,
    double bitrateKbps,
    double ssim) {

  /** All processes together. */
  public double totalCores() {
    return CpuUse.total(cores);
  }
}
