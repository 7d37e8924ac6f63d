package org.pagereel.server.tools.cli;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.pagereel.recorder.FailureCategory;
import org.pagereel.recorder.RecordingFailure;
import org.pagereel.recorder.process.Account;
import org.pagereel.recorder.process.Home;
import org.pagereel.server.tools.bench.Bench;
import org.pagereel.server.tools.bench.BenchMedia;
import org.pagereel.server.tools.bench.BenchServer;
import org.pagereel.server.tools.bench.PeerTools;
import org.pagereel.server.tools.bench.SoundBench;
import org.pagereel.server.tools.bench.SoundCase;
import org.pagereel.server.tools.bench.SoundLimits;
import org.pagereel.server.tools.bench.SoundLoad;
import org.pagereel.server.tools.bench.SoundResult;
import org.pagereel.server.tools.bench.SoundTable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code ./pagereel bench tone}. */
@Command(
    name = "tone",
    description =
        "Listen to this machine: breaks of a steady tone, and sound beside picture, of our recorder"
            + " and of a GStreamer pipeline.",
    mixinStandardHelpOptions = true)
final class BenchToneCommand implements Callable<Integer> {
  @Parameters(
      arity = "0..*",
      paramLabel = "CASE",
      description = "tone, video, webrtc, audio, output (all)")
  private List<SoundCase> cases = List.of(SoundCase.values());

  @Option(
      names = "--for",
      paramLabel = "TIME",
      defaultValue = "60s",
      description = "measured stretch of each run (${DEFAULT-VALUE})")
  private Duration length = Duration.ofSeconds(60);

  @Option(
      names = "--runs",
      paramLabel = "N",
      defaultValue = "6",
      description = "runs of the steady tone under each load (${DEFAULT-VALUE})")
  private int runs;

  @Option(
      names = "--sync-runs",
      paramLabel = "N",
      defaultValue = "1",
      description = "runs of each other case, always alone (${DEFAULT-VALUE})")
  private int syncRuns;

  @Option(
      names = "--load",
      paramLabel = "LOAD",
      split = ",",
      description = "beside the steady tone: alone, loop, classes (all)")
  private List<SoundLoad> loads = List.of(SoundLoad.values());

  @Option(
      names = "--keep",
      paramLabel = "FOLDER",
      description = "keep the recordings there, to look at and listen to")
  private @Nullable Path keep;

  @Override
  public Integer call() throws Exception {
    if (runs < 1 || syncRuns < 1) {
      throw new RecordingFailure(FailureCategory.USER, "--runs and --sync-runs must be at least 1");
    }
    if (length.toSeconds() < 10 || length.toMinutes() > 30) {
      throw new RecordingFailure(FailureCategory.USER, "--for must be from 10s to 30m");
    }
    boolean peer = PeerTools.areHere();
    if (!peer) {
      System.err.println(PeerTools.ADVICE);
    }
    if (keep != null) {
      Files.createDirectories(keep);
    }
    Path folder = Files.createTempDirectory("pagereel-bench-");
    try {
      // The reference's account keeps GStreamer's list of elements in it.
      Path media = Account.ofThisProcess().own(Files.createDirectory(folder.resolve("media")));
      BenchMedia.tone(media, length);
      BenchMedia.sync(media, length);
      Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwx--x--x"));
      try (BenchServer server = BenchServer.serve(Home.pages(), media)) {
        SoundBench bench =
            new SoundBench(
                server, media, folder, keep, peer, RecordingId::create, System.err::println);
        List<SoundResult> results = new ArrayList<>();
        for (SoundCase what : cases) {
          if (what.isTone()) {
            for (SoundLoad load : loads) {
              results.addAll(bench.measure(what, load, length, runs));
            }
          } else {
            results.addAll(bench.measure(what, SoundLoad.ALONE, length, syncRuns));
          }
        }
        System.out.print(SoundTable.of(results));
        List<String> broken = SoundLimits.broken(results);
        System.out.println(
            broken.isEmpty()
                ? "\nAll limits are kept."
                : "\nNot kept:\n* " + String.join("\n* ", broken));
      }
      return ExitCode.OK;
    } finally {
      Bench.delete(folder);
    }
  }
}
