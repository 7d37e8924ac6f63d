package org.pagereel.server.tools.bench;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import org.pagereel.recorder.RecordingRequest;
import org.pagereel.recorder.Report;
import org.pagereel.recorder.wire.ReportFile;
import org.pagereel.server.tools.measure.CpuUse;
import org.pagereel.server.tools.measure.CpuUse.Part;
import org.pagereel.server.tools.measure.Ssim;

/** Pagereel's own recorder under measurement. */
final class PagereelPipeline implements Pipeline {
  @Override
  public Outcome run(BenchPlan plan, String id, Path folder, boolean quality) throws IOException {
    RecordingRequest request = plan.request(id, folder, false, plan.fps(), quality);
    Map<Part, Double> cores;
    try (Session session = Session.start(request)) {
      session.awaitRecording();
      cores =
          CpuSampling.cores(
              BenchPlan.SETTLE, plan.length(), () -> CpuUse.ofTree(session.process()));
      session.stop();
    }
    Report report = ReportFile.read(folder);
    Path video = folder.resolve("page.mp4");
    double ssim = quality ? Ssim.of(video, folder.resolve("lossless.mkv"), plan.fps()) : Double.NaN;
    return FileMeasurement.outcome(plan, video, cores, report.counters().dropped(), ssim);
  }
}
