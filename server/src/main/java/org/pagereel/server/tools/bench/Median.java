package org.pagereel.server.tools.bench;

import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.function.ToDoubleFunction;
import org.pagereel.server.tools.measure.CpuUse.Part;

/** The median of each figure over several runs. */
final class Median {
  private Median() {}

  static Outcome of(List<Outcome> runs, double ssim) {
    Map<Part, Double> cores = new EnumMap<>(Part.class);
    for (Part part : Part.values()) {
      cores.put(part, of(runs, run -> run.cores().getOrDefault(part, 0.0)));
    }
    return new Outcome(
        cores,
        of(runs, Outcome::uniqueFramesPerSecond),
        Math.round(of(runs, run -> run.dropped())),
        of(runs, Outcome::offsetMillis),
        of(runs, Outcome::breaks),
        of(runs, Outcome::bitrateKbps),
        ssim);
  }

  static double of(List<Outcome> runs, ToDoubleFunction<Outcome> figure) {
    double[] sorted = runs.stream().mapToDouble(figure).sorted().toArray();
    int middle = sorted.length / 2;
    return sorted.length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
  }
}
