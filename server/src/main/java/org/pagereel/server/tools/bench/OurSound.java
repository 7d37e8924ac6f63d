package org.pagereel.server.tools.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.util.Map;
import org.pagereel.recorder.Report;
import org.pagereel.recorder.wire.Json;
import org.pagereel.server.tools.measure.CpuUse;
import org.pagereel.server.tools.measure.CpuUse.Part;

/** A recording as {@code ./pagereel record} makes it. */
final class OurSound implements SoundPipeline {
  @Override
  public String title() {
    return "ours";
  }

  @Override
  public SoundFile record(SoundPlan plan) throws IOException {
    Map<Part, Double> cores;
    try (Session session = Session.start(plan.request())) {
      session.awaitRecording();
      cores =
          CpuSampling.cores(
              BenchPlan.SETTLE, plan.length(), () -> CpuUse.ofTree(session.process()));
      session.stop();
    }
    Report report =
        Json.PRETTY.readValue(Files.readString(plan.folder().resolve(Report.FILE)), Report.class);
    return new SoundFile(plan.folder().resolve("page.mp4"), CpuUse.total(cores), report.sound());
  }
}
