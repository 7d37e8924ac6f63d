package org.pagereel.server.platform.supervisor;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import org.pagereel.recorder.PageSize;
import org.pagereel.recorder.RecordingRequest;
import org.pagereel.recorder.Report;
import org.pagereel.recorder.wire.Event;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Starts recorders. So many of them are kept warm: their browser is up and shows an empty page, so
 * that a recording begins with its page and not with a browser.
 */
public final class RecorderPool implements Recorders {
  private static final Logger LOG = LoggerFactory.getLogger(RecorderPool.class);

  /** A new one is warmed when the recording that took the last has had time to start. */
  private static final Duration REFILL_AFTER = Duration.ofSeconds(5);

  /** One that is not warm by then hangs, or this machine is far too busy for it. */
  private static final Duration WARM_WITHIN = Duration.ofMinutes(1);

  private static final int WARM_FPS = 30;

  private final RecorderSettings settings;
  private final int warm;
  private final UnaryOperator<List<String>> recording;
  private final UnaryOperator<List<String>> replaying;
  private final Deque<PooledRecorder> waiting = new ArrayDeque<>();
  private final Set<PooledRecorder> warming = new HashSet<>();
  private final ScheduledExecutorService later =
      Executors.newSingleThreadScheduledExecutor(
          Thread.ofPlatform().daemon().name("recorder-warmer").factory());
  private int number;
  private boolean closed;

  public RecorderPool(RecorderSettings settings, int warm) {
    this(settings, warm, RecorderCommandLine::of, RecorderCommandLine::behind);
  }

  /**
   * With other command lines, each made of its arguments.
   *
   * @param recording records, and completes what was recorded
   * @param replaying makes the videos of a class that is over
   */
  RecorderPool(
      RecorderSettings settings,
      int warm,
      UnaryOperator<List<String>> recording,
      UnaryOperator<List<String>> replaying) {
    this.settings = settings;
    this.warm = warm;
    this.recording = recording;
    this.replaying = replaying;
  }

  /** Warms the first ones. */
  @Override
  public void open() {
    later.execute(this::refill);
  }

  @Override
  public synchronized int waiting() {
    return waiting.size();
  }

  /** Takes a warm recorder if one waits whose screen is large enough. */
  @Override
  public Recorder start(RecordingRequest request, Consumer<Event> listener) throws IOException {
    PooledRecorder recorder = request.page().size().fitsInto(PageSize.FULL_HD) ? take() : null;
    if (recorder == null) {
      recorder =
          PooledRecorder.prepare(
              settings,
              recording.apply(List.of()),
              settings.label(request.id() + "-" + request.attempt().number()),
              request.page().size(),
              request.picture().fps());
      recorder.attend(listener);
    } else {
      var _ = later.schedule(this::refill, REFILL_AFTER.toMillis(), TimeUnit.MILLISECONDS);
    }
    recorder.record(request, listener);
    return recorder;
  }

  @Override
  public Event complete(
      String recordingId, Path folder, Report.@Nullable Failure cause, Consumer<Event> listener)
      throws InterruptedException {
    List<String> arguments = RecorderChild.repairing(folder, cause);
    return RecorderChild.repair(
        settings.label(recordingId + "-repair"),
        recording.apply(arguments),
        folder,
        cause,
        listener);
  }

  @Override
  public RecorderChild replay(String taskId, Path folder) throws IOException {
    List<String> arguments = new ArrayList<>(List.of("replay", folder.toString()));
    if (settings.proxy() != null) {
      arguments.add(settings.proxy());
    }
    return RecorderChild.working(
        settings.label(taskId + "-replay"), replaying.apply(arguments), settings.network());
  }

  private synchronized @Nullable PooledRecorder take() {
    return waiting.poll();
  }

  private synchronized void refill() {
    while (!closed && waiting.size() + warming.size() < warm) {
      String label = settings.label("warm-" + number++);
      try {
        PooledRecorder recorder =
            PooledRecorder.prepare(
                settings, recording.apply(List.of()), label, PageSize.FULL_HD, WARM_FPS);
        warming.add(recorder);
        recorder.attend(event -> warmed(recorder, event));
        var _ =
            later.schedule(() -> giveUp(recorder), WARM_WITHIN.toMillis(), TimeUnit.MILLISECONDS);
      } catch (IOException e) {
        LOG.warn("Cannot warm a recorder: {}", e.getMessage());
        return;
      }
    }
  }

  private synchronized void giveUp(PooledRecorder recorder) {
    if (warming.remove(recorder)) {
      LOG.warn("A recorder is not warm after {}; it is ended", WARM_WITHIN);
      recorder.kill();
      refill();
    }
  }

  private synchronized void warmed(PooledRecorder recorder, Event event) {
    switch (event) {
      case Event.Prepared() -> {
        if (warming.remove(recorder) && !closed) {
          waiting.add(recorder);
        }
      }
      case Event.Failed failed -> {
        waiting.remove(recorder);
        warming.remove(recorder);
        LOG.warn("A warm recorder failed: {}", failed.message());
        var _ = later.schedule(this::refill, REFILL_AFTER.toMillis(), TimeUnit.MILLISECONDS);
      }
      default -> {}
    }
  }

  @Override
  public synchronized void close() {
    closed = true;
    later.shutdownNow();
    waiting.forEach(PooledRecorder::kill);
    warming.forEach(PooledRecorder::kill);
    waiting.clear();
    warming.clear();
  }
}
