package org.pagereel.server.tools.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.pagereel.recorder.RecordingRequest;
import org.pagereel.recorder.av.FfmpegTool;
import org.pagereel.recorder.process.Scratch;
import org.pagereel.server.tools.measure.CpuUse;
import org.pagereel.server.tools.measure.CpuUse.Part;
import org.pagereel.server.tools.measure.Ssim;

/**
 * What others do: ffmpeg grabs full frames at a constant rate, x264 {@code veryfast} with a GOP of
 * 60, Pulse to AAC. The page is opened by a held recorder, which takes no picture and whose own use
 * is left out; so browser, screen and sound are the same as ours.
 */
final class Reference implements Pipeline {
  private static final Pattern DROPPED = Pattern.compile("drop(?:_frames)?=\\s*(\\d+)");

  private final int screenHz;

  /**
   * A reference on a screen of the given refresh rate.
   *
   * @param screenHz 60 is what a plain Xvfb has; the recording's rate is our way
   */
  Reference(int screenHz) {
    this.screenHz = screenHz;
  }

  @Override
  public Outcome run(BenchPlan plan, String id, Path folder, boolean quality) throws IOException {
    RecordingRequest request = plan.request(id, folder, true, screenHz, false);
    Path video = folder.resolve("reference.mp4");
    Path progress = folder.resolve("reference.progress");
    Map<Part, Double> cores;
    try (Session session = Session.start(request)) {
      session.awaitReady();
      Process ffmpeg =
          ffmpeg(plan, id, video, quality ? folder.resolve("lossless.mkv") : null, progress);
      ProcessHandle held = session.process();
      cores =
          CpuSampling.cores(
              BenchPlan.SETTLE, plan.length(), () -> CpuUse.of(measured(held, ffmpeg.toHandle())));
      stop(ffmpeg);
    }
    double ssim = quality ? Ssim.of(video, folder.resolve("lossless.mkv"), plan.fps()) : Double.NaN;
    return FileMeasurement.outcome(plan, video, cores, dropped(progress), ssim);
  }

  /** Browser, screen, sound and ffmpeg; not the held recorder's JVM. */
  private static List<ProcessHandle> measured(ProcessHandle held, ProcessHandle ffmpeg) {
    return Stream.concat(held.descendants(), Stream.of(ffmpeg)).toList();
  }

  private static Process ffmpeg(
      BenchPlan plan,
      String id,
      Path video,
      @org.jspecify.annotations.Nullable Path lossless,
      Path progress)
      throws IOException {
    Scratch scratch = Scratch.of(id);
    List<String> words = new ArrayList<>();
    words.addAll(List.of("-y", "-nostats", "-progress", progress.toString()));
    words.addAll(
        List.of(
            "-thread_queue_size",
            "512",
            "-f",
            "x11grab",
            "-draw_mouse",
            "0",
            "-framerate",
            String.valueOf(plan.fps()),
            "-video_size",
            plan.size().toString(),
            "-i",
            display(id)));
    words.addAll(
        List.of(
            "-thread_queue_size",
            "512",
            "-f",
            "pulse",
            "-server",
            "unix:" + scratch.file("pulse/native"),
            "-i",
            "pagereel.monitor"));
    words.addAll(
        List.of(
            "-map",
            "0:v",
            "-map",
            "1:a",
            "-c:v",
            "libx264",
            "-preset",
            "veryfast",
            "-g",
            "60",
            "-b:v",
            plan.bitrateKbps() + "k",
            "-maxrate",
            plan.bitrateKbps() + "k",
            "-bufsize",
            2 * plan.bitrateKbps() + "k",
            "-pix_fmt",
            "yuv420p",
            "-fps_mode",
            "cfr",
            "-c:a",
            "aac",
            "-b:a",
            "128k",
            "-ar",
            "48000",
            "-ac",
            "2",
            video.toString()));
    if (lossless != null) {
      words.addAll(
          List.of(
              "-map",
              "0:v",
              "-c:v",
              "libx264",
              "-preset",
              "ultrafast",
              "-qp",
              "0",
              "-pix_fmt",
              "yuv420p",
              "-fps_mode",
              "cfr",
              lossless.toString()));
    }
    ProcessBuilder builder = FfmpegTool.ffmpeg(words);
    // It must not outlive a benchmark that is killed.
    builder.command().addAll(0, List.of("setpriv", "--pdeathsig=KILL", "--"));
    builder.environment().put("XAUTHORITY", scratch.file("Xauthority").toString());
    builder.redirectError(
        ProcessBuilder.Redirect.appendTo(video.resolveSibling("ffmpeg.log").toFile()));
    return builder.start();
  }

  /** The held recorder's display, as its browser was told. */
  private static String display(String id) throws IOException {
    return Files.readString(Scratch.of(id).file("display")).strip();
  }

  private static void stop(Process ffmpeg) throws IOException {
    try (var in = ffmpeg.getOutputStream()) {
      in.write('q');
    }
    try {
      if (!ffmpeg.waitFor(20, TimeUnit.SECONDS)) {
        ffmpeg.destroyForcibly();
      }
    } catch (InterruptedException e) {
      ffmpeg.destroyForcibly();
      Thread.currentThread().interrupt();
    }
  }

  private static long dropped(Path progress) throws IOException {
    long dropped = 0;
    Matcher matcher = DROPPED.matcher(Files.readString(progress));
    while (matcher.find()) {
      dropped = Long.parseLong(matcher.group(1));
    }
    return dropped;
  }
}
