package org.pagereel.recorder.session;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.pagereel.recorder.Durations;
import org.pagereel.recorder.FailureCategory;
import org.pagereel.recorder.NodePart;
import org.pagereel.recorder.ReadySignal;
import org.pagereel.recorder.RecordingFailure;
import org.pagereel.recorder.RecordingRequest;
import org.pagereel.recorder.browser.PageListener;
import org.pagereel.recorder.capture.Capture;
import org.pagereel.recorder.process.RunningFirst;
import org.pagereel.recorder.screen.FrameGrid;
import org.pagereel.recorder.session.AttemptState.Action;
import org.pagereel.recorder.slices.Slice;
import org.pagereel.recorder.slices.SliceListener;
import org.pagereel.recorder.slices.SliceWriter;
import org.pagereel.recorder.timeline.WallClock;
import org.pagereel.recorder.wire.Event;

/**
 * One attempt at one recording: does what {@link AttemptState} says. {@link #run} belongs to the
 * main thread; orders come from the command thread, news from the capture's threads and, while it
 * pumps, from the browser.
 */
final class RecordingAttempt {
  /** The browser's events are handled as they come; only a stop is seen this late. */
  private static final Duration PUMP = Duration.ofMillis(250);

  /** A page that is recorded is asked for a sign of life this often. */
  private static final long ASK_NANOS = Duration.ofMillis(500).toNanos();

  /** A stream waits for its keyframe: see soon that one must be asked for. */
  private static final Duration STREAM_PUMP = Duration.ofMillis(50);

  /** While a stop waits for a page that does not answer, the browser is killed after this. */
  private static final Duration STOP_PATIENCE = Duration.ofSeconds(1);

  /** The longest time that a turn of the main thread takes unless it waits for the page. */
  private static final Duration MAX_TURN = Duration.ofSeconds(10);

  /** See {@link #mayTakeItsTime}. */
  private static final Duration SETTLING = Duration.ofMillis(1500);

  /** A page whose script never ends is given up so long after its time to be ready. */
  private static final Duration HANG_PATIENCE = Duration.ofSeconds(2);

  private final RecordingRequest request;
  private final Events events;
  private final Journal journal;
  private final WallClock clock;
  private final AtomicReference<AttemptState> state;
  private final Page page = new Page();
  private final Captured captured = new Captured();
  private final MainThread main = new MainThread();
  private volatile @Nullable Stage stage;
  private volatile @Nullable Capture capture;
  private volatile @Nullable SpaceGuard space;

  /** The browser was ended because the main thread waited for it: its death is no failure. */
  private volatile boolean killed;

  private @Nullable Streams streams;
  private @Nullable LifeWatch life;

  RecordingAttempt(RecordingRequest request, Events events) {
    this.request = request;
    this.events = events;
    this.clock = WallClock.of(request.attempt());
    this.journal =
        request.attempt().number() == 1 ? new Journal(request) : Predecessor.journal(request);
    this.state = new AtomicReference<>(AttemptState.opening(request.attempt().hold()));
  }

  /**
   * Runs the recording to its end; true when it went well.
   *
   * @param prepared the stage, if it has been set already; it is closed here
   */
  boolean run(@Nullable Stage prepared) {
    try {
      journal.opened();
      try (Stage set =
          prepared != null
              ? prepared
              : Stage.set(request.page().size(), request.picture().fps(), null)) {
        set.tell(page);
        stage = set;
        perform(set);
      }
    } catch (RuntimeException e) {
      fail(RecordingFailure.from("Recording", e));
    } finally {
      stage = null;
    }
    if (rest()) {
      return false;
    }
    RunningFirst.end(); // an MP4 can wait
    try {
      if (journal.isEmpty()) {
        fail(nothingRecorded()); // unless something else is known to be the cause
      }
    } catch (RuntimeException e) {
      fail(RecordingFailure.from("Joining what other nodes have recorded", e));
    }
    return FinishAttempt.of(request, journal, events, state().failure());
  }

  private void perform(Stage set) {
    Duration start = mediaStart();
    SliceWriter slices =
        new SliceWriter(request.folder(), request.attempt().number(), start, captured);
    try (Capture taken = set.capture(request, start, List.of(slices), captured::failed)) {
      capture = taken;
      try {
        record(set, taken, slices);
      } catch (RuntimeException e) {
        failUnlessKilled(RecordingFailure.from("Recording", e));
      } finally {
        main.leaves();
        end(taken);
      }
    }
  }

  /** Behind what earlier attempts have recorded here. */
  private Duration mediaStart() {
    return FrameGrid.behind(journal.duration(), request.picture().fps());
  }

  /**
   * The files are at rest. If this attempt failed and another one follows, it is told now.
   *
   * @return whether another one follows
   */
  private boolean rest() {
    boolean toNext = request.attempt().leavesFilesToNext();
    AttemptState.Step step = step(now -> now.rest(toNext));
    RecordingFailure cause = step.next().failure();
    if (step.action() == Action.LEAVE && cause != null) {
      events.send(Event.Failed.of(cause, List.of()));
    }
    return toNext && cause != null;
  }

  private void record(Stage set, Capture taken, SliceWriter slices) {
    try (AttemptWatch watch = new AttemptWatch(this::fail, text -> warn("suspended", text));
        AttemptWatch disks = new AttemptWatch(this::fail, text -> {})) {
      MemoryGuard memory = new MemoryGuard();
      DiskGuard disk = new DiskGuard();
      watch.add(() -> memory.check(set::browserProcesses));
      disks.add(() -> disk.check(set.scratch()));
      watch.add(new Rescue(set));
      LifeWatch alive =
          new LifeWatch(
              set,
              taken,
              request.attempt().frozenAfter(),
              text -> warn("frozen", text),
              cause -> giveUp(set, cause));
      life = alive;
      watch.add(alive);
      set.browser().askPage(); // one that was set up long ago may hang by now
      streams = Streams.of(request, set, taken, message -> warn("stream", message));
      if (open(set, taken)) {
        long earlier = journal.bytes();
        SpaceGuard guard = new SpaceGuard(request, () -> earlier + slices.bytes());
        space = guard;
        ProgressReporter reporter =
            new ProgressReporter(taken, () -> earlier + slices.bytes(), guard, journal, events);
        SoundWatch sound = new SoundWatch(taken::soundCounters, text -> warn("sound", text));
        watch.add(() -> {
          if (isGoingRound()) {
            reporter.tick();
          }
        });
        disks.add(guard::tick);
        watch.add(() -> sound.tick(System.nanoTime()));
        followPage(set, taken);
        sound.look();
      }
    }
  }

  /** Opens the page, and begins when it is ready; false when it was stopped before. */
  private boolean open(Stage set, Capture taken) {
    long opened = System.nanoTime();
    main.opens();
    boolean isReady =
        set.browser()
            .open(
                request.page().url(),
                request.page().ready(),
                request.page().readyTimeout(),
                request.attempt().leavesFilesToNext(),
                () -> state().confirmed(),
                () -> state().isOver());
    if (!isReady) {
      return false;
    }
    Duration took = Duration.ofNanos(System.nanoTime() - opened);
    set.goFirst();
    if (mayTakeItsTime()) {
      main.turns(); // it is open
      set.browser().pump(SETTLING);
      if (state().isOver()) {
        return false;
      }
    }
    if (streams != null) {
      streams.tick(); // their clock must be known before the first frame
    }
    synchronized (this) {
      AttemptState.Step step = step(AttemptState::ready);
      journal.ready(request.page().ready().text(), took, !step.next().wanted());
      events.send(new Event.Ready(request.page().ready().text(), took.toMillis() / 1e3));
      if (step.action() == Action.RECORD) {
        taken.record();
      }
    }
    return true;
  }

  /**
   * A page that says itself when it is ready is. Any other has just been loaded, and may still miss
   * a sound or be late with a picture; while another node goes on with it, nothing is lost by
   * waiting.
   */
  private boolean mayTakeItsTime() {
    NodePart part = request.attempt().part();
    boolean handedOver = part != null && part.handedOver();
    return handedOver && request.page().ready() instanceof ReadySignal.Load;
  }

  /** Everything that only the main thread may do with the page, until the recording is over. */
  private void followPage(Stage set, Capture taken) {
    Streams handed = streams;
    BlankWatch blank =
        new BlankWatch(
            taken::recordsPlainPicture,
            set.browser()::shouldShowSomething,
            text -> warn("blank", text));
    long asked = System.nanoTime();
    while (!state().isOver()) {
      main.turns();
      set.browser().pump(handed == null ? PUMP : STREAM_PUMP);
      if (System.nanoTime() - asked > ASK_NANOS) {
        main.waits();
        set.browser().askPage();
        asked = System.nanoTime();
        blank.tick(asked);
        main.turns();
      }
      if (handed != null) {
        handed.tick();
        if (handed.isIdle(state().wanted())) {
          warn("idle", "nothing has been streamed or drawn for too long");
          stop(Event.End.IDLE);
        }
      }
    }
  }

  /** A main thread that stands still, and not for the page, is no sign of life. */
  private boolean isGoingRound() {
    return !main.isStuckFor(MAX_TURN) && !killed && !state().isOver();
  }

  private void end(Capture taken) {
    taken.end();
    if (streams != null) {
      try {
        streams.finish(state().failure() == null);
      } catch (RuntimeException e) {
        fail(RecordingFailure.from("Completing the streams", e));
      }
    }
    boolean last = state().failure() == null || !request.attempt().leavesFilesToNext();
    if (last) {
      events.send(new Event.Finishing(state().endedBy()));
    }
    synchronized (this) {
      AttemptState.Stop stop = step(AttemptState::ended).next().stop();
      if (last) {
        journal.finishing(stop == null ? clock.now() : stop.at());
      }
    }
    Stage set = stage;
    if (life != null && life.isAnySilent() && set != null) {
      set.kill(); // the capture would wait for what hangs
    }
    taken.finish();
    journal.counters(taken.counters(), taken.soundCounters());
    rest();
  }

  /** The page is ready, whether it gives its signal or not. */
  void confirm() {
    var _ = step(AttemptState::confirm);
  }

  /** So many bytes of the disk are for others. */
  void leave(long bytes) {
    SpaceGuard guard = space;
    if (guard != null) {
      guard.leave(bytes);
    }
  }

  /** Ends the hold, now or as soon as the page is ready. */
  void release() {
    resume();
  }

  /** Ends a pause or hold; the picture on the screen becomes the next frame. */
  synchronized void resume() {
    act(
        step(AttemptState::resume).action(),
        "release or resume: the recording is neither held nor paused");
  }

  /** Cuts here; before the page is ready it means to hold. */
  synchronized void pause() {
    act(step(AttemptState::pause).action(), "pause: nothing is being recorded");
  }

  /** Ends the recording; also while the page is still awaited. */
  synchronized void stop(Event.End by) {
    Instant now = clock.now();
    act(step(before -> before.stop(by, now)).action(), "stop");
  }

  private void act(Action action, String refused) {
    Stage set = stage;
    Capture taken = capture;
    switch (action) {
      case NOTHING, LEAVE -> {}
      case REFUSE -> warn("command", refused);
      case RECORD -> {
        if (taken != null) {
          taken.record();
        }
      }
      case PAUSE -> {
        if (taken != null) {
          Instant now = clock.now();
          taken.pause();
          journal.paused(now);
          events.send(new Event.Paused(now));
        }
      }
      case END -> {
        if (set != null && taken != null) {
          taken.end();
        }
      }
      case STOP_WAITING -> {} // the rescue sees to it
    }
  }

  /** Applies a rule, of any thread. */
  private AttemptState.Step step(Function<AttemptState, AttemptState.Step> rule) {
    while (true) {
      AttemptState before = state();
      AttemptState.Step step = rule.apply(before);
      if (state.compareAndSet(before, step.next())) {
        return step;
      }
    }
  }

  private AttemptState state() {
    return state.get();
  }

  private RecordingFailure nothingRecorded() {
    String why = "the page was not ready yet";
    if (state().wasReady()) {
      why = state().wanted() ? "its first frame was not out yet" : "it was held and never released";
    }
    return new RecordingFailure(
        FailureCategory.USER, "Stopped before anything was recorded: " + why);
  }

  private void fail(RecordingFailure cause) {
    var _ = step(before -> before.fail(cause));
  }

  private void giveUp(Stage set, RecordingFailure cause) {
    fail(cause);
    killed = true;
    set.kill();
  }

  /** What breaks because we ended the browser is our own doing. */
  private void failUnlessKilled(RecordingFailure cause) {
    if (!killed) {
      fail(cause);
    }
  }

  private void warn(String kind, String message) {
    if (journal.warning(kind, message)) {
      events.send(new Event.Warning(kind, message));
    }
  }

  /** News from the page. */
  private final class Page implements PageListener {
    @Override
    public void warning(String kind, String message) {
      warn(kind, message);
    }

    @Override
    public void ended(String how) {
      warn("page", how);
      stop(Event.End.PAGE);
    }

    @Override
    public void left(Duration ago) {
      Instant at = clock.now().minus(ago);
      if (journal.left(at)) {
        warn("room", "the page says that it is out of its room");
        events.send(new Event.Left(at));
      }
    }

    @Override
    public void failed(RecordingFailure cause) {
      failUnlessKilled(cause);
    }
  }

  /**
   * Ends the browser when the main thread waits for a page that does not answer: nothing else frees
   * it.
   */
  private final class Rescue implements Runnable {
    private final Stage set;
    private long over;
    private boolean sawOver;

    Rescue(Stage set) {
      this.set = set;
    }

    @Override
    public void run() {
      long now = System.nanoTime();
      if (!sawOver && state().isOver()) {
        sawOver = true;
        over = now;
      }
      Duration most = request.page().readyTimeout().plus(HANG_PATIENCE);
      boolean isUnready = main.isOpeningFor(most) && !state().wasReady();
      boolean isUnstoppable = sawOver && now - over > STOP_PATIENCE.toNanos();
      if (!main.isGone() && !killed && (isUnready || isUnstoppable)) {
        killed = isUnstoppable; // one that is not ready in time has failed
        set.killBrowser();
      }
    }
  }

  /** News from the capture. */
  private final class Captured implements SliceListener {
    @Override
    public void recording(Instant firstFrame) {
      synchronized (RecordingAttempt.this) {
        if (state().hasEnded()) {
          journal.started(firstFrame);
          return;
        }
        journal.recording(firstFrame);
        if (state().wanted()) {
          events.send(new Event.Recording(firstFrame));
        } else {
          journal.paused(clock.now()); // paused again before its first packet was out
        }
      }
    }

    @Override
    public void sliceFinished(Slice slice) {
      journal.slice(slice);
      events.send(
          new Event.Slice(
              slice.file(),
              Durations.seconds(slice.start()),
              Durations.seconds(slice.duration()),
              slice.bytes()));
    }

    @Override
    public void failed(RecordingFailure cause) {
      fail(cause);
    }
  }
}
