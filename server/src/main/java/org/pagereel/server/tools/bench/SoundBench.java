package org.pagereel.server.tools.bench;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.pagereel.server.tools.measure.FlashBeep;

/**
 * Listens to both pipelines. They record in turn and never at the same time, so that each has the
 * machine and the load to itself; who begins changes with each run.
 */
public final class SoundBench {
  private final BenchServer server;
  private final Path media;
  private final Path folder;
  private final @Nullable Path keep;
  private final List<SoundPipeline> pipelines;
  private final Supplier<String> ids;
  private final Consumer<String> news;

  /**
   * A benchmark of sound.
   *
   * @param media holds the videos that the pages play
   * @param folder for recordings, each removed when it has been listened to
   * @param keep gets copies of the recordings; null for none
   * @param peer whether the reference can be measured
   * @param ids names for the recordings
   * @param news is told what happens, a line each
   */
  public SoundBench(
      BenchServer server,
      Path media,
      Path folder,
      @Nullable Path keep,
      boolean peer,
      Supplier<String> ids,
      Consumer<String> news) {
    this.server = server;
    this.media = media;
    this.folder = folder;
    this.keep = keep;
    this.pipelines =
        peer ? List.of(new OurSound(), new PeerSound(media, news)) : List.of(new OurSound());
    this.ids = ids;
    this.news = news;
  }

  /** Measures one page under one load, one result for each pipeline. */
  public List<SoundResult> measure(SoundCase what, SoundLoad load, Duration length, int runs)
      throws IOException {
    List<List<SoundOutcome>> outcomes = new ArrayList<>();
    pipelines.forEach(pipeline -> outcomes.add(new ArrayList<>()));
    for (int run = 0; run < runs; run++) {
      Path beside = Files.createDirectories(folder.resolve(ids.get()));
      RunningLoad running =
          RunningLoad.start(load, server.page(BenchPage.DEMO.path()), beside, ids, news);
      try {
        for (int turn = 0; turn < pipelines.size(); turn++) {
          int which = (run + turn) % pipelines.size();
          outcomes.get(which).add(run(pipelines.get(which), what, load, run + 1, length));
        }
      } finally {
        running.close();
        Bench.delete(beside);
      }
    }
    List<SoundResult> results = new ArrayList<>();
    for (int i = 0; i < pipelines.size(); i++) {
      results.add(
          new SoundResult(
              what, load, i == 0, length.toMillis() / 1e3, List.copyOf(outcomes.get(i))));
    }
    return results;
  }

  private SoundOutcome run(
      SoundPipeline pipeline, SoundCase what, SoundLoad load, int run, Duration length) {
    String id = ids.get();
    Path place = folder.resolve(id);
    try {
      Files.createDirectories(place);
      SoundPlan plan = new SoundPlan(server, what, id, length, place);
      SoundFile made = pipeline.record(plan);
      keep(made.file(), "%s-%s-%s-%d".formatted(what, load, pipeline.title(), run));
      SoundOutcome outcome = listen(plan, made);
      news.accept(
          "%-15s %-11s %-9s %d  %s"
              .formatted(what.title(), load.title(), pipeline.title(), run, text(outcome)));
      return outcome;
    } catch (IOException e) {
      throw new UncheckedIOException(
          "Run " + run + " of '" + what.title() + "' (" + pipeline.title() + ") broke", e);
    } finally {
      Bench.delete(place);
    }
  }

  private void keep(Path file, String name) throws IOException {
    if (keep != null) {
      String type = file.toString().substring(file.toString().lastIndexOf('.'));
      Files.copy(
          file,
          keep.resolve(name.toLowerCase(Locale.ROOT) + type),
          StandardCopyOption.REPLACE_EXISTING);
    }
  }

  private SoundOutcome listen(SoundPlan plan, SoundFile made) {
    if (plan.what().isTone()) {
      ToneHeard tone =
          ToneHeard.in(made.file(), media.resolve("tone.webm"), plan.from(), plan.until());
      return new SoundOutcome(tone, List.of(), made.cores(), made.counted());
    }
    double[] offsets =
        FlashBeep.of(made.file(), plan.what().flash())
            .between(plan.from(), plan.until())
            .offsetsMillis();
    return new SoundOutcome(
        null, Arrays.stream(offsets).boxed().toList(), made.cores(), made.counted());
  }

  private static String text(SoundOutcome outcome) {
    ToneHeard tone = outcome.tone();
    if (tone == null) {
      return outcome.offsetsMillis().size() + " pairs";
    }
    return String.format(
        Locale.ROOT,
        "%d and %d breaks in %.1f s, silence %d ms at the longest",
        tone.webAudio().breaks(),
        tone.video().breaks(),
        tone.seconds(),
        tone.longestMillis());
  }
}
