package org.pagereel.server.tools.bench;

import java.io.IOException;
import java.util.Map;
import org.pagereel.recorder.Report;
import org.pagereel.recorder.wire.ReportFile;
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
    Report report = ReportFile.read(plan.folder());
    return new SoundFile(plan.folder().resolve("page.mp4"), CpuUse.total(cores), report.sound());
  }
}
