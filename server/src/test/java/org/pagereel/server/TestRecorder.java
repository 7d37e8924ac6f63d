package org.pagereel.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.pagereel.recorder.Attempt;
import org.pagereel.recorder.PageSize;
import org.pagereel.recorder.PageSpec;
import org.pagereel.recorder.PictureSpec;
import org.pagereel.recorder.ReadySignal;
import org.pagereel.recorder.RecordingRequest;
import org.pagereel.recorder.Report;
import org.pagereel.recorder.SlicingSpec;
import org.pagereel.recorder.SoundProfile;
import org.pagereel.recorder.StreamsPlan;
import org.pagereel.recorder.process.Leftovers;
import org.pagereel.recorder.process.Scratch;
import org.pagereel.recorder.wire.Command;
import org.pagereel.recorder.wire.Event;
import org.pagereel.recorder.wire.ReportFile;
import org.pagereel.server.platform.supervisor.RecorderChild;

/** A real recorder under test: a builder for its request, its events as they come, its folder. */
final class TestRecorder {
  static final PageSize SMALL = new PageSize(640, 360);
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  final String id = "test" + ThreadLocalRandom.current().nextInt(1_000_000_000);
  final Path folder;
  private final String url;
  private PageSize size = SMALL;
  private ReadySignal ready = new ReadySignal.Load();
  private Duration readyTimeout = Duration.ofSeconds(20);
  private Duration slice = Duration.ofSeconds(15);
  private SoundProfile sound = SoundProfile.STEREO;
  private boolean hold;
  private @Nullable StreamsPlan streams;

  private final List<Event> seen = new CopyOnWriteArrayList<>();
  private final BlockingQueue<Event> fresh = new LinkedBlockingQueue<>();
  private final CompletableFuture<Event> last = new CompletableFuture<>();
  private RecorderChild child;

  TestRecorder(Path parent, String url) throws IOException {
    this.folder = Files.createDirectories(parent.resolve(id));
    this.url = url;
  }

  TestRecorder size(PageSize value) {
    size = value;
    return this;
  }

  TestRecorder ready(String signal) {
    ready = ReadySignal.parse(signal);
    return this;
  }

  TestRecorder readyTimeout(Duration value) {
    readyTimeout = value;
    return this;
  }

  TestRecorder slice(Duration value) {
    slice = value;
    return this;
  }

  TestRecorder sound(SoundProfile value) {
    sound = value;
    return this;
  }

  TestRecorder streams(StreamsPlan value) {
    streams = value;
    return this;
  }

  TestRecorder hold() {
    hold = true;
    return this;
  }

  TestRecorder start() throws IOException {
    child =
        RecorderChild.start(
            new RecordingRequest(
                id,
                new PageSpec(url, size, ready, readyTimeout),
                new PictureSpec(30, 2000),
                sound,
                new SlicingSpec(
                    slice, SlicingSpec.DEFAULT.maxVideo(), SlicingSpec.DEFAULT.maxVideoBytes()),
                streams,
                hold ? Attempt.ONLY.held() : Attempt.ONLY,
                folder));
    Thread.ofPlatform().daemon().name("follow-" + id).start(this::follow);
    return this;
  }

  long pid() {
    return child.pid();
  }

  void send(Command command) {
    child.send(command);
  }

  /** Waits for the next event of this kind. */
  <E extends Event> E await(Class<E> kind) throws InterruptedException {
    long end = System.nanoTime() + PATIENCE.toNanos();
    while (System.nanoTime() < end) {
      Event event = fresh.poll(100, TimeUnit.MILLISECONDS);
      if (kind.isInstance(event)) {
        return kind.cast(event);
      }
      if (event == null && last.isDone()) {
        break;
      }
    }
    throw new AssertionError("no " + kind.getSimpleName() + " among " + seen);
  }

  /** Waits for the end, however it comes. */
  Event end() throws Exception {
    return last.get(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
  }

  /** Records for so long, stops, and returns the finished folder's report. */
  Report record(Duration length) throws Exception {
    await(Event.Recording.class);
    after(length, () -> send(new Command.Stop()));
    assertThat(end()).isInstanceOf(Event.Finished.class);
    return report();
  }

  /** Does something after a while, and waits until it is done. */
  static void after(Duration wait, Runnable action) {
    CompletableFuture.runAsync(
            action, CompletableFuture.delayedExecutor(wait.toMillis(), TimeUnit.MILLISECONDS))
        .join();
  }

  Report report() throws IOException {
    return ReportFile.read(folder);
  }

  Path video() {
    return folder.resolve("page.mp4");
  }

  List<Event> events() {
    return seen;
  }

  /** Nothing of this recording lives or lies about any more. */
  void assertNothingLeft() {
    assertThat(Leftovers.processes(id)).as("processes left").isEmpty();
    assertThat(Scratch.of(id).folder()).as("temporary folder").doesNotExist();
  }

  private void follow() {
    try {
      last.complete(
          child.follow(
              folder,
              event -> {
                seen.add(event);
                fresh.add(event);
              }));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      last.completeExceptionally(e);
    } catch (RuntimeException e) {
      last.completeExceptionally(e);
    }
  }
}
