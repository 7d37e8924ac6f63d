package org.pagereel.server.tools.bench;

import java.io.IOException;
import java.nio.file.Path;

/** Something that records a page and can be measured. */
interface Pipeline {
  /**
   * Records the page of the plan.
   *
   * @param quality also measure SSIM against the lossless screen; costs processor time, so such a
   *     run's figures of use do not count
   */
  Outcome run(BenchPlan plan, String id, Path folder, boolean quality) throws IOException;
}
