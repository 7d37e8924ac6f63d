package org.pagereel.server.tools.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.pagereel.server.tools.measure.CpuUse.Part;
import org.pagereel.server.tools.measure.Decoded;
import org.pagereel.server.tools.measure.FlashBeep;
import org.pagereel.server.tools.measure.UniqueFrames;

/** Looks at a finished file in the same way whoever made it. */
final class FileMeasurement {
  private FileMeasurement() {}

  static Outcome outcome(
      BenchPlan plan, Path video, Map<Part, Double> cores, long dropped, double ssim)
      throws IOException {
    double[] times = Decoded.pictureTimes(video);
    double seconds = times.length == 0 ? Double.NaN : times[times.length - 1];
    String flash = plan.page().flash();
    return new Outcome(
        cores,
        UniqueFrames.perSecond(video),
        dropped,
        flash == null ? Double.NaN : FlashBeep.of(video, flash).p95Millis(),
        plan.page().tone() ? breaks(plan, video) : Double.NaN,
        Files.size(video) * 8 / 1000.0 / seconds,
        ssim);
  }

  private static int breaks(BenchPlan plan, Path video) {
    double from = BenchPlan.SETTLE.toMillis() / 1e3;
    double until = from + plan.length().toMillis() / 1e3;
    return ToneHeard.of(Decoded.channel(video, 0), Decoded.channel(video, 1), 1, from, until)
        .breaks();
  }
}
