package org.pagereel.server.tools.bench;

import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.pagereel.server.tools.measure.CpuUse;
import org.pagereel.server.tools.measure.CpuUse.Part;

/** Measures processor use over a stretch of time. */
final class CpuSampling {
  private CpuSampling() {}

  static Map<Part, Double> cores(Duration settle, Duration length, Supplier<CpuUse> sample) {
    CpuUse before = later(settle, sample);
    return later(length, sample).coresSince(before);
  }

  private static CpuUse later(Duration wait, Supplier<CpuUse> sample) {
    return CompletableFuture.supplyAsync(
            sample, CompletableFuture.delayedExecutor(wait.toMillis(), TimeUnit.MILLISECONDS))
        .join();
  }
}
