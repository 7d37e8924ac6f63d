package org.pagereel.server.tools.cli;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.pagereel.recorder.FailureCategory;
import org.pagereel.recorder.PageSize;
import org.pagereel.recorder.RecordingFailure;
import org.pagereel.recorder.process.Home;
import org.pagereel.server.tools.bench.Bench;
import org.pagereel.server.tools.bench.BenchMedia;
import org.pagereel.server.tools.bench.BenchPage;
import org.pagereel.server.tools.bench.BenchPlan;
import org.pagereel.server.tools.bench.BenchServer;
import org.pagereel.server.tools.bench.BenchTable;
import org.pagereel.server.tools.bench.Comparison;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code ./pagereel bench}. */
@Command(
    name = "bench",
    description = "Measure this machine: our recorder beside a plain ffmpeg pipeline.",
    mixinStandardHelpOptions = true,
    subcommands = BenchToneCommand.class)
final class BenchCommand implements Callable<Integer> {
  @Parameters(
      arity = "0..*",
      paramLabel = "PAGE",
      description = "static, demo, motion, steady (all)")
  private List<BenchPage> pages = List.of(BenchPage.values());

  @Option(
      names = "--for",
      paramLabel = "TIME",
      defaultValue = "20s",
      description = "measured stretch of each run (${DEFAULT-VALUE})")
  private Duration length = Duration.ofSeconds(20);

  @Option(
      names = "--runs",
      paramLabel = "N",
      defaultValue = "3",
      description = "runs of each pipeline; medians count (${DEFAULT-VALUE})")
  private int runs;

  @Option(
      names = "--reference-hz",
      paramLabel = "HZ",
      defaultValue = "60",
      description = "refresh rate of the reference's screen (${DEFAULT-VALUE}, a plain Xvfb's)")
  private int referenceHz;

  @Override
  public Integer call() throws Exception {
    if (runs < 1) {
      throw new RecordingFailure(FailureCategory.USER, "--runs must be at least 1, not " + runs);
    }
    Path folder = Files.createTempDirectory("pagereel-bench-");
    try (BenchServer served =
        BenchServer.serve(Home.pages(), Files.createDirectory(folder.resolve("media")))) {
      if (pages.contains(BenchPage.STEADY)) {
        BenchMedia.tone(folder.resolve("media"), length);
      }
      Bench bench = new Bench(runs, folder, RecordingId::create, System.err::println);
      List<Comparison> comparisons = new ArrayList<>();
      for (BenchPage page : pages) {
        BenchPlan plan =
            new BenchPlan(served.page(page.path()), page, PageSize.FULL_HD, 30, 2000, length);
        comparisons.add(bench.compare(plan, referenceHz));
      }
      System.out.print(BenchTable.of(comparisons));
      return ExitCode.OK;
    } finally {
      Bench.delete(folder);
    }
  }
}
