package org.pagereel.recorder.replay;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.pagereel.recorder.FailureCategory;
import org.pagereel.recorder.RecordingFailure;
import org.pagereel.recorder.ReplayRequest;
import org.pagereel.recorder.ReplayResult;
import org.pagereel.recorder.StreamFiles;
import org.pagereel.recorder.StreamFiles.StreamFile;
import org.pagereel.recorder.WholeFile;
import org.pagereel.recorder.wire.Json;

/**
 * A class, from its folder to its videos (docs/CLASS_FOLDER.md). Whoever was killed in the middle
 * of it may be started again: parts that are done are not done again.
 */
public final class ClassReplay {
  static final String PARTS = "parts";
  private static final int MOST_MISSING = 200;

  private final Path folder;
  private final Path parts;
  private final ReplayRequest request;
  private final @Nullable String proxy;
  private final ReplayListener listener;
  private final ReplayWork work;
  private final List<String> missing = Collections.synchronizedList(new ArrayList<>());

  private ClassReplay(
      Path folder, ReplayRequest request, @Nullable String proxy, ReplayListener listener) {
    this.folder = folder;
    this.request = request;
    this.proxy = proxy;
    this.listener = listener;
    parts = folder.resolve(PARTS);
    work = new ReplayWork(listener);
  }

  /**
   * Makes all videos; returns when they and {@code replay.json} are complete.
   *
   * @param proxy host:port through which files and pictures are fetched; null for none
   * @throws RecordingFailure there is nothing to replay, or it cannot be made
   */
  public static ReplayResult run(
      Path folder, ReplayRequest request, @Nullable String proxy, ReplayListener listener)
      throws InterruptedException {
    Path place = folder.toAbsolutePath().normalize();
    try {
      Path done = place.resolve(ReplayResult.FILE);
      if (Files.exists(done)) {
        return Json.LINES.readValue(Files.readString(done), ReplayResult.class);
      }
      return new ClassReplay(place, request, proxy, listener).run();
    } catch (IOException e) {
      throw new RecordingFailure(FailureCategory.CAPACITY, "Replaying " + place + ": " + e, e);
    }
  }

  private ReplayResult run() throws IOException, InterruptedException {
    Files.createDirectories(parts);
    MediaFetch fetch = new MediaFetch(folder, proxy);
    try (ScriptWriter script = new ScriptWriter(parts)) {
      Inventory inventory =
          Inventory.of(new History(folder), new BoardFiles(parts, fetch, missing), script);
      List<Collected.Here> here = Collected.of(inventory, fetch, parts, work, missing);
      if (here.isEmpty() && script.isEmpty() && !missing.isEmpty()) {
        throw new RecordingFailure(
            FailureCategory.USER, "Nothing of the class can be had: " + String.join("; ", missing));
      }
      ClassTimeline timeline =
          ClassTimeline.of(script, here.stream().map(Collected.Here::span).toList());
      Plan plan = new Plan(request, timeline, here);
      plan.keepOrBeginAnew(parts);
      script.write(parts.resolve(ScriptWriter.FILE), timeline.zero());
      ReplayVideos videos = new ReplayVideos(folder, parts, plan, proxy, work, missing);
      List<StreamFile> files = videos.make();
      missing.forEach(listener::warning);
      ReplayResult result =
          new ReplayResult(
              timeline.zero(),
              new StreamFiles(total(files), files, List.of(), List.of(), named()),
              inventory.actions().unknown(),
              inventory.holes());
      WholeFile.write(folder.resolve(ReplayResult.FILE), Json.LINES.writeValueAsString(result));
      delete(parts);
      return result;
    }
  }

  private List<String> named() {
    return missing.stream().distinct().limit(MOST_MISSING).toList();
  }

  private static long total(List<StreamFile> files) {
    return files.stream()
        .mapToLong(file -> file.startMillis() + file.durationMillis())
        .max()
        .orElse(0);
  }

  private static void delete(Path folder) throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      for (Path file : files.toList()) {
        Files.delete(file);
      }
    }
    Files.delete(folder);
  }
}
