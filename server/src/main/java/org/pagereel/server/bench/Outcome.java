package org.pagereel.server.bench;

import java.util.Map;
import org.pagereel.server.measure.CpuUse.Part;

/**
 * What one run of one pipeline on one page gave.
 *
 * @param cores processors in use, by part
 * @param offsetMillis 95th percentile of |beep - flash|; NaN on a silent page
 * @param bitrateKbps of the whole file, sound included
 * @param ssim NaN when quality was not measured in this run
 */
public record Outcome(
    Map<Part, Double> cores,
    double uniqueFramesPerSecond,
    long dropped,
    double offsetMillis,
    double bitrateKbps,
    double ssim) {

  /** All processes together. */
  public double totalCores() {
    return cores.values().stream().mapToDouble(Double::doubleValue).sum();
  }
}
