package org.pagereel.recorder.replay;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Optional;
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
  private static final String LOCK = "lock";

  private final Path folder;
  private final Path parts;
  private final ReplayRequest request;
  private final @Nullable String proxy;
  private final ReplayListener listener;
  private final ReplayWork work;
  private final List<String> missing = new MissingList();

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
    if (!Files.exists(place.resolve(History.FILE))) {
      throw new RecordingFailure(
          FailureCategory.USER, "No class in %s: it has no %s".formatted(place, History.FILE));
    }
    try {
      refuseSomebodyElses(place.resolve(PARTS));
      Files.createDirectories(place.resolve(PARTS));
      try (FileChannel lock =
          FileChannel.open(
              place.resolve(PARTS).resolve(LOCK),
              StandardOpenOption.CREATE,
              StandardOpenOption.WRITE)) {
        if (lock.tryLock() == null) {
          throw new RecordingFailure(
              FailureCategory.USER, "Somebody else is replaying the class in " + place);
        }
        ReplayResult result = new ClassReplay(place, request, proxy, listener).run();
        delete(place.resolve(PARTS));
        return result;
      }
    } catch (IOException e) {
      throw new RecordingFailure(FailureCategory.CAPACITY, "Replaying " + place + ": " + e, e);
    }
  }

  /** A folder that we made has our lock in it, and is deleted with everything in it. */
  private static void refuseSomebodyElses(Path parts) throws IOException {
    if (Files.exists(parts) && !Files.exists(parts.resolve(LOCK)) && !isEmpty(parts)) {
      throw new RecordingFailure(
          FailureCategory.USER,
          "%s is not of Pagereel's making: move it away, a replay keeps its work there"
              .formatted(parts));
    }
  }

  private static boolean isEmpty(Path folder) throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files.findAny().isEmpty();
    }
  }

  /** The earlier result, if it is complete. */
  private Optional<ReplayResult> before() throws IOException {
    Path done = folder.resolve(ReplayResult.FILE);
    if (!Files.exists(done)) {
      return Optional.empty();
    }
    ReplayResult result = Json.LINES.readValue(Files.readString(done), ReplayResult.class);
    boolean isWhole = result.files().files().stream().allMatch(file -> isHere(file.file()));
    return isWhole ? Optional.of(result) : Optional.empty();
  }

  /** Only a name: the folder may be from somebody else. */
  private boolean isHere(String name) {
    Path file = folder.resolve(name).normalize();
    return folder.equals(file.getParent()) && Files.exists(file);
  }

  private ReplayResult run() throws IOException, InterruptedException {
    Optional<ReplayResult> before = before();
    if (before.isPresent()) {
      return before.get();
    }
    MediaFetch fetch = new MediaFetch(folder, proxy, work::alive);
    try (ScriptWriter script = new ScriptWriter(parts)) {
      Inventory inventory =
          Inventory.of(new History(folder), new BoardFiles(parts, fetch, missing), script);
      List<Collected.Here> here = Collected.of(inventory, script, fetch, parts, work, missing);
      if (here.isEmpty() && script.isEmpty() && !missing.isEmpty()) {
        throw new RecordingFailure(
            FailureCategory.USER, "Nothing of the class can be had: " + String.join("; ", missing));
      }
      ClassTimeline timeline =
          ClassTimeline.of(script, here.stream().map(Collected.Here::span).toList());
      String digest = script.write(parts.resolve(ScriptWriter.FILE), timeline.zero());
      Plan plan = new Plan(request, timeline, here, digest);
      plan.keepOrBeginAnew(parts);
      ReplayVideos videos = new ReplayVideos(folder, parts, plan, proxy, work, missing);
      List<StreamFile> files = videos.make();
      missing.forEach(listener::warning);
      inventory.unread().words().forEach(listener::warning);
      ReplayResult result =
          new ReplayResult(
              timeline.zero(),
              new StreamFiles(total(files), files, List.of(), List.of(), List.copyOf(missing)),
              inventory.actions().unknown(),
              inventory.holes(),
              inventory.unread().counts());
      WholeFile.write(folder.resolve(ReplayResult.FILE), Json.LINES.writeValueAsString(result));
      return result;
    }
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
