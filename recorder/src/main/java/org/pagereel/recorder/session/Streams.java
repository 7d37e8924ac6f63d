package org.pagereel.recorder.session;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.pagereel.recorder.RecordingRequest;
import org.pagereel.recorder.StreamsPlan;
import org.pagereel.recorder.browser.Browser;
import org.pagereel.recorder.capture.Capture;
import org.pagereel.recorder.streams.Filler;
import org.pagereel.recorder.streams.StreamRecorder;
import org.pagereel.recorder.wire.Json;

/**
 * The streams of the page that is being recorded, if they are wanted. Belongs to the main thread.
 */
final class Streams {
  /** A keyframe is asked for again after this. */
  private static final long ASK_AGAIN_NANOS = Duration.ofMillis(300).toNanos();

  /** The time that the last chunks take from the page to the recorder. */
  private static final Duration LAST_CHUNKS = Duration.ofMillis(300);

  private final StreamsPlan plan;
  private final Browser browser;
  private final Capture capture;
  private final StreamRecorder recorder;
  private List<Long> asked = List.of();
  private long askedAt;
  private long pictures;
  private long activeAt = System.nanoTime();

  /** The part of a plan that the page's script needs. */
  private record PagePlan(List<StreamsPlan.StreamRule> rules, String screenPrefix) {
    static PagePlan of(StreamsPlan plan) {
      return new PagePlan(plan.rules(), plan.names().screenPrefix());
    }
  }

  private Streams(
      RecordingRequest request,
      StreamsPlan plan,
      Stage stage,
      Capture capture,
      Consumer<String> warn) {
    this.plan = plan;
    this.browser = stage.browser();
    this.capture = capture;
    recorder = new StreamRecorder(request.folder(), plan, capture, warn);
    browser.acceptStreams(Json.LINES.writeValueAsString(PagePlan.of(plan)), recorder::take);
    String filler = plan.filler();
    if (plan.concat() && filler != null) {
      Thread.ofVirtual().start(() -> fetch(filler, request, stage.proxy(), warn));
    }
  }

  private static void fetch(
      String filler, RecordingRequest request, @Nullable String proxy, Consumer<String> warn) {
    try {
      Filler.fetch(filler, request.folder(), proxy);
    } catch (IOException e) {
      warn.accept("no filler picture, black instead: " + e.getMessage());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** Before the page is opened; null when the request wants no streams. */
  static @Nullable Streams of(
      RecordingRequest request, Stage stage, Capture capture, Consumer<String> warn) {
    StreamsPlan plan = request.streams();
    return plan == null ? null : new Streams(request, plan, stage, capture, warn);
  }

  /** Whenever there is time, several times a second. */
  void tick() {
    if (recorder.needsClock()) {
      recorder.setClock(browser::clock);
    }
    List<Long> wanting = recorder.wantingKey();
    long now = System.nanoTime();
    if (!wanting.isEmpty() && (!wanting.equals(asked) || now - askedAt > ASK_AGAIN_NANOS)) {
      browser.requestKeyframes(wanting);
      askedAt = now;
    }
    asked = wanting;
  }

  /**
   * Whether there has been neither a stream nor a stroke for too long.
   *
   * @param recording while it is not, nothing counts
   */
  boolean isIdle(boolean recording) {
    long changed = capture.changedPictures();
    long now = System.nanoTime();
    if (!recording || recorder.alive() > 0 || changed != pictures) {
      pictures = changed;
      activeAt = now;
    }
    return now - activeAt > Duration.ofSeconds(plan.idleStopSeconds()).toNanos();
  }

  /**
   * Completes the streams' files.
   *
   * @param alive the page is still there: what it has encoded may come
   */
  void finish(boolean alive) {
    if (alive) {
      browser.pump(LAST_CHUNKS);
    }
    recorder.close();
  }
}
