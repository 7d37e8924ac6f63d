package org.pagereel.server.tools.bench;

import java.util.List;

/** Both pipelines on one page: medians, and the runs behind them. */
public record Comparison(
    BenchPage page,
    Outcome ours,
    Outcome reference,
    List<Outcome> ourRuns,
    List<Outcome> referenceRuns) {

  /** Our processor use divided by the reference's, all processes counted. */
  public double ratio() {
    return Median.of(ourRuns, Outcome::totalCores) / Median.of(referenceRuns, Outcome::totalCores);
  }
}
