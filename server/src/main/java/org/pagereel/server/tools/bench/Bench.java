package org.pagereel.server.tools.bench;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.stream.Stream;

/** Runs both pipelines in turn, so that a machine whose speed drifts slows both. */
public final class Bench {
  private final int runs;
  private final Path folder;
  private final Supplier<String> ids;
  private final Consumer<String> news;

  /**
   * A benchmark.
   *
   * @param runs of each pipeline; their medians count
   * @param folder for the recordings, each removed when it has been looked at
   * @param ids names for the recordings
   * @param news is told what happens, a line each
   */
  public Bench(int runs, Path folder, Supplier<String> ids, Consumer<String> news) {
    this.runs = runs;
    this.folder = folder;
    this.ids = ids;
    this.news = news;
  }

  /** Measures one page; SSIM in a run of its own, whose use does not count. */
  public Comparison compare(BenchPlan plan, int referenceHz) {
    Pipeline ours = new PagereelPipeline();
    Pipeline reference = new Reference(referenceHz);
    List<Outcome> our = new ArrayList<>();
    List<Outcome> theirs = new ArrayList<>();
    for (int run = 1; run <= runs; run++) {
      our.add(run("ours " + run, ours, plan, false));
      theirs.add(run("reference " + run, reference, plan, false));
    }
    double ourSsim = run("ours, quality", ours, plan, true).ssim();
    double theirSsim = run("reference, quality", reference, plan, true).ssim();
    return new Comparison(
        plan.page(), Median.of(our, ourSsim), Median.of(theirs, theirSsim), our, theirs);
  }

  private Outcome run(String name, Pipeline pipeline, BenchPlan plan, boolean quality) {
    String id = ids.get();
    Path place = folder.resolve(id);
    try {
      Files.createDirectories(place);
      Outcome outcome = pipeline.run(plan, id, place, quality);
      news.accept(
          "%-20s %-20s %.3f cores, %.1f unique/s, %d dropped"
              .formatted(
                  plan.page().title(),
                  name,
                  outcome.totalCores(),
                  outcome.uniqueFramesPerSecond(),
                  outcome.dropped()));
      return outcome;
    } catch (IOException e) {
      throw new UncheckedIOException("The run '" + name + "' broke", e);
    } finally {
      delete(place);
    }
  }

  /** Removes a folder of the benchmark's and all in it. */
  public static void delete(Path place) {
    try (Stream<Path> all = Files.walk(place)) {
      for (Path path : all.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(path);
      }
    } catch (IOException e) {
      throw new UncheckedIOException("Cannot remove " + place, e);
    }
  }
}
