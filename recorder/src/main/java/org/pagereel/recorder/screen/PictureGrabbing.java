package org.pagereel.recorder.screen;

import java.util.OptionalLong;
import java.util.Queue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.jspecify.annotations.Nullable;
import org.pagereel.recorder.Durations;
import org.pagereel.recorder.FailureCategory;
import org.pagereel.recorder.PageSize;
import org.pagereel.recorder.RecordingFailure;
import org.pagereel.recorder.RecordingRequest;
import org.pagereel.recorder.av.Area;
import org.pagereel.recorder.av.ScreenGrabber;
import org.pagereel.recorder.av.ScreenPicture;
import org.pagereel.recorder.av.VideoEncoder;
import org.pagereel.recorder.screen.Shot.Role;
import org.pagereel.recorder.timeline.Clock;
import org.pagereel.recorder.timeline.Timeline;

/**
 * Grabs the screen when the page painted, and decides when a resting picture is repeated and where
 * slices are cut. Runs on its own thread, the only one that orders shots.
 */
public final class PictureGrabbing implements Runnable {
  private sealed interface Order {
    /** Begin the recording. */
    record Begin() implements Order {}

    /** The timeline goes on since this moment: show it. */
    record Resume(long at) implements Order {}

    /** The timeline was paused at this media time: see everything before it out. */
    record Pause(long media) implements Order {}

    /** The timeline was ended: see everything out and end. */
    record Stop() implements Order {}
  }

  /** The longest time until an order is seen while nothing is recorded. */
  private static final long WAITING_MICROS = 20_000;

  /** While recording, the timeline knows of every order at once; we need not. */
  private static final long RECORDING_MICROS = 100_000;

  /** A picture at least once a second keeps players and slices alive. */
  private static final long HEARTBEAT_MICROS = 1_000_000;

  /**
   * A page at rest for this long is repeated a few times, so that its last change gets out of the
   * encoder; a page that merely paints a little less often than it could is not.
   */
  private static final int QUIET_FRAMES = 3;

  private final ScreenWatch watch;
  private final ScreenGrabber grabber;
  private final Timeline timeline;
  private final BlockingQueue<Shot> shots;
  private final Tally tally;
  private final Area whole;
  private final Pace pace;
  private final long frameMicros;
  private final long sliceMicros;
  private final Queue<Order> orders = new ConcurrentLinkedQueue<>();

  private @Nullable Area painted;
  private long paintedAt;
  private long lastShotAt;
  private int repeatsDue;
  private long nextCutMedia;
  private boolean spanJustBegan;

  public PictureGrabbing(
      ScreenWatch watch,
      ScreenGrabber grabber,
      Timeline timeline,
      BlockingQueue<Shot> shots,
      Tally tally,
      RecordingRequest request) {
    this.watch = watch;
    this.grabber = grabber;
    this.timeline = timeline;
    this.shots = shots;
    this.tally = tally;
    PageSize size = request.page().size();
    whole = Area.of(0, 0, size.width(), size.height());
    pace = new Pace(request.picture().fps());
    frameMicros = 1_000_000L / request.picture().fps();
    sliceMicros = Durations.micros(request.slicing().slice());
  }

  public void begin() {
    orders.add(new Order.Begin());
  }

  public void resume(long at) {
    orders.add(new Order.Resume(at));
  }

  public void pause(long media) {
    orders.add(new Order.Pause(media));
  }

  public void stop() {
    orders.add(new Order.Stop());
  }

  @Override
  public void run() {
    try {
      try {
        grabUntilStopped();
      } finally {
        // Also when the screen died: the encoder must see the rest out.
        shots.put(new Shot.End(timeline.duration(Clock.micros())));
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void grabUntilStopped() throws InterruptedException {
    while (true) {
      Order order = orders.poll();
      switch (order) {
        case Order.Begin() -> beginWithPaint();
        case Order.Resume(long at) -> shoot(whole, at, Role.SPAN_AT_ORDER);
        case Order.Pause(long media) -> shots.put(new Shot.SpanEnd(media));
        case Order.Stop() -> {
          return;
        }
        case null -> {
          if (timeline.isRecording()) {
            watchAndShoot();
          } else {
            look(WAITING_MICROS);
          }
        }
      }
    }
  }

  /**
   * The recording begins with the page's next paint, or after one frame without any: so the paints
   * of a page that paints at the recording's rate fall onto the frames, not between them.
   */
  private void beginWithPaint() throws InterruptedException {
    painted = null;
    look(frameMicros);
    long at = painted == null ? Clock.micros() : paintedAt;
    if (timeline.begin(at)) {
      shoot(whole, at, Role.SPAN_AT_PAINT);
    }
  }

  private void watchAndShoot() throws InterruptedException {
    long now = Clock.micros();
    if (painted == null) {
      long repeatAt = lastShotAt + (repeatsDue > 0 ? repeatMicros() : HEARTBEAT_MICROS);
      look(Math.min(RECORDING_MICROS, repeatAt - now));
      if (painted == null && Clock.micros() >= repeatAt) {
        again();
      }
    }
    Area area = painted;
    if (area != null) {
      long wait = pace.waitMicros(Clock.micros());
      if (wait == 0) {
        shoot(area, paintedAt, Role.PLAIN);
      } else {
        look(Math.min(RECORDING_MICROS, wait));
      }
    }
  }

  /** The first picture of a span is waited for: it gets out of the encoder as soon as can be. */
  private long repeatMicros() {
    boolean rests = repeatsDue == VideoEncoder.DELAY_FRAMES && !spanJustBegan;
    return rests ? QUIET_FRAMES * frameMicros : frameMicros;
  }

  /** Waits for the page to paint and remembers where and when it did. */
  private void look(long micros) {
    Area area = watch.painted(micros);
    if (area != null) {
      painted = painted == null ? area : painted.around(area);
      paintedAt = Clock.micros();
    } else if (watch.isBroken()) {
      throw new RecordingFailure(FailureCategory.INTERNAL, "The screen (Xvfb) is gone");
    }
  }

  private void shoot(Area area, long at, Role role) throws InterruptedException {
    OptionalLong media = timeline.mediaAt(at);
    if (media.isEmpty()) {
      painted = null; // painted after the pause; the next span begins with the whole screen anyway
      return;
    }
    if (role == Role.PLAIN && shots.remainingCapacity() == 0) {
      // The area stays painted, so the next picture still shows it.
      tally.dropped.incrementAndGet();
      look(frameMicros);
      return;
    }
    ScreenPicture picture = grabber.grab();
    pace.taken();
    tally.grabbed.incrementAndGet();
    Role due = role == Role.PLAIN ? roleAt(media.getAsLong()) : role;
    if (due != Role.PLAIN) {
      nextCutMedia = media.getAsLong() + sliceMicros;
    }
    shots.put(new Shot.Fresh(picture, area, media.getAsLong(), at, due));
    painted = null;
    lastShotAt = at;
    repeatsDue = VideoEncoder.DELAY_FRAMES;
    spanJustBegan = role != Role.PLAIN;
  }

  private void again() throws InterruptedException {
    long at = Clock.micros();
    OptionalLong media = timeline.mediaAt(at);
    if (media.isEmpty() || shots.remainingCapacity() == 0) {
      look(frameMicros);
      return;
    }
    Role role = roleAt(media.getAsLong());
    if (role == Role.SLICE) {
      nextCutMedia = media.getAsLong() + sliceMicros;
    }
    shots.put(new Shot.Again(media.getAsLong(), at, role));
    lastShotAt = at;
    repeatsDue = role == Role.SLICE ? VideoEncoder.DELAY_FRAMES : Math.max(0, repeatsDue - 1);
  }

  private Role roleAt(long media) {
    return media < nextCutMedia ? Role.PLAIN : Role.SLICE;
  }
}
