package org.pagereel.recorder.session;

import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.pagereel.recorder.Counters;
import org.pagereel.recorder.Durations;
import org.pagereel.recorder.FailureCategory;
import org.pagereel.recorder.RecordingFailure;
import org.pagereel.recorder.RecordingRequest;
import org.pagereel.recorder.Report;
import org.pagereel.recorder.Report.Gap;
import org.pagereel.recorder.Report.Interval;
import org.pagereel.recorder.Report.State;
import org.pagereel.recorder.Report.Video;
import org.pagereel.recorder.Report.Warning;
import org.pagereel.recorder.SoundCounters;
import org.pagereel.recorder.WholeFile;
import org.pagereel.recorder.parts.EarlierParts;
import org.pagereel.recorder.parts.JoinedReport;
import org.pagereel.recorder.process.Label;
import org.pagereel.recorder.slices.Playlist;
import org.pagereel.recorder.slices.Slice;
import org.pagereel.recorder.slices.SliceEntries;
import org.pagereel.recorder.timeline.WallClock;
import org.pagereel.recorder.wire.Json;
import org.pagereel.recorder.wire.SliceLog;

/**
 * Keeps {@code recording.json} and the playlist true while the recording goes on, so that whoever
 * finds the folder after a crash knows what happened. Thread-safe.
 */
final class Journal {
  private static final int MAX_WARNINGS = 100;

  /** A page that hangs again and again must not hide that the machine was suspended. */
  private static final int MAX_OF_A_KIND = 60;

  private final RecordingRequest request;
  private final WallClock clock;
  private final Playlist playlist;
  private final List<Interval> holds = new ArrayList<>();
  private final List<Interval> pauses = new ArrayList<>();
  private final List<Gap> gaps = new ArrayList<>();
  private final List<Video> videos = new ArrayList<>();
  private final List<Slice> slices = new ArrayList<>();
  private final List<Warning> warnings = new CopyOnWriteArrayList<>();
  private final AtomicLong warningsNotListed = new AtomicLong();
  private volatile int sliceCount;
  private @Nullable String follows;
  private @Nullable Report earlier;
  private Duration ownStart = Duration.ZERO;

  /** It knows what other nodes recorded: it may only be written when everything is made. */
  private boolean joined;

  private State state = State.STARTING;
  private Report.@Nullable Failure failure;
  private @Nullable Instant startedAt;
  private @Nullable Instant stoppedAt;
  private @Nullable Instant leftAt;
  private Report.@Nullable Ready ready;
  private Counters before = Counters.NONE;
  private volatile Counters counters = Counters.NONE;
  private SoundCounters soundBefore = SoundCounters.NONE;
  private volatile SoundCounters sound = SoundCounters.NONE;

  Journal(RecordingRequest request) {
    this.request = request;
    this.clock = WallClock.of(request.attempt());
    this.follows = request.attempt().predecessor();
    this.playlist = new Playlist(request.folder(), request.slicing().slice());
  }

  /** Goes on where the journal of a recorder that died ends. */
  static Journal of(Report report, RecordingRequest request) {
    Journal journal = new Journal(request);
    journal.holds.addAll(report.holds());
    journal.pauses.addAll(report.pauses());
    journal.gaps.addAll(report.gaps());
    report.slices().forEach(entry -> journal.slices.add(SliceEntries.slice(entry)));
    journal.sliceCount = journal.slices.size();
    journal.warnings.addAll(report.warnings());
    journal.warningsNotListed.set(report.warningsNotListed());
    journal.state = report.state();
    journal.follows = report.follows();
    journal.startedAt = report.startedAt();
    journal.stoppedAt = report.stoppedAt();
    journal.leftAt = report.leftAt();
    journal.ready = report.ready();
    journal.before = report.counters();
    journal.counters = report.counters();
    SoundCounters heard = report.sound();
    if (heard != null) {
      journal.soundBefore = heard;
      journal.sound = heard;
    }
    return journal;
  }

  /** Of a recording of which this folder has nothing itself. */
  static Journal ofOthers(Report earlier, RecordingRequest request) {
    Journal journal = of(earlier, request);
    journal.joined = true;
    return journal;
  }

  RecordingRequest request() {
    return request;
  }

  synchronized boolean wasRecording() {
    return state == State.RECORDING;
  }

  /** Something was recorded, and nobody has noted an end. */
  synchronized boolean isUnderWay() {
    return startedAt != null && stoppedAt == null;
  }

  /**
   * The recording goes on, whatever ended the attempt before this one.
   *
   * @param cause of the gap that begins now, if it was recording
   */
  synchronized void reopen(String cause) {
    boolean cutOff =
        switch (state) {
          case RECORDING, FINISHING, FINISHED, FAILED -> startedAt != null;
          case STARTING, READY, PAUSED -> false;
        };
    // What lasted until the end was wanted to last.
    boolean goesOn = reopen(holds, stoppedAt) || reopen(pauses, stoppedAt);
    if (cutOff && !goesOn) {
      gap(startOfNext(), cause);
    }
    stoppedAt = null;
    leftAt = null; // the next page joins by itself
    state = State.STARTING;
  }

  /** The time of the picture after the last slice, as far as it is known. */
  synchronized Instant startOfNext() {
    Instant next = startedAt == null ? clock.now() : startedAt;
    if (!slices.isEmpty()) {
      next = slices.getLast().startedAt().plus(slices.getLast().duration());
    }
    Instant resumed = pauses.isEmpty() ? null : pauses.getLast().to();
    Instant bridged = gaps.isEmpty() ? null : gaps.getLast().to();
    return later(later(next, resumed), bridged);
  }

  synchronized List<Interval> pauses() {
    return List.copyOf(pauses);
  }

  synchronized List<Slice> slices() {
    return List.copyOf(slices);
  }

  /** The recorder has begun; from now on there is a report. */
  synchronized void opened() {
    beginLog();
    write();
  }

  /** The log has all slices that are known, also those that a report had. */
  synchronized void beginLog() {
    try {
      SliceLog.begin(request.folder(), slices.stream().map(SliceEntries::of).toList());
    } catch (IOException e) {
      throw cannotWrite(SliceLog.FILE, e);
    }
  }

  synchronized void ready(String signal, Duration took, boolean held) {
    ready = new Report.Ready(signal, Durations.seconds(took));
    state = held && startedAt != null ? State.PAUSED : State.READY;
    if (held) {
      Instant now = clock.now();
      closeGap(now); // from now on nothing is wanted
      open(startedAt == null ? holds : pauses, now);
    }
    write();
  }

  synchronized void started(Instant at) {
    if (startedAt == null) {
      startedAt = at;
    }
  }

  synchronized void recording(Instant at) {
    started(at);
    state = State.RECORDING;
    // A pause that came while the first frame was on its way to the disk is told after it.
    close(holds, at);
    close(pauses, at);
    closeGap(at);
    write();
  }

  synchronized void paused(Instant at) {
    state = State.PAUSED;
    closeGap(at);
    open(pauses, at);
    write();
  }

  synchronized void slice(Slice slice) {
    slices.add(slice);
    sliceCount = slices.size();
    try {
      SliceLog.add(request.folder(), SliceEntries.of(slice));
    } catch (IOException e) {
      throw cannotWrite(SliceLog.FILE, e);
    }
    write();
    if (request.attempt().part() == null || (startedAt != null && isJoined())) {
      playlist(slice); // nobody sees this slice before those that come before it
    }
  }

  /**
   * What cannot be brought here now must not end what is recorded now: the next slice tries again.
   */
  private boolean isJoined() {
    try {
      joinEarlier();
      return true;
    } catch (RuntimeException e) {
      var _ = warning("parts", "what other nodes recorded cannot be joined yet: " + e.getMessage());
      return false;
    }
  }

  /**
   * Brings here what earlier parts of the recording have recorded, up to the beginning of this one:
   * once it is known. From now on the playlist has all of it.
   */
  synchronized void joinEarlier() {
    if (earlier == null && request.attempt().part() != null) {
      try {
        earlier = EarlierParts.join(request.folder(), startedAt).orElse(null);
      } catch (IOException e) {
        throw cannotWrite(EarlierParts.FILE, e);
      }
    }
  }

  /** The bytes of all slices so far, here and before: the MP4 will have as many. */
  synchronized long bytes() {
    long others = 0;
    try {
      others = request.attempt().part() == null ? 0 : EarlierParts.bytes(request.folder());
    } catch (IOException e) {
      var _ = warning("parts", "what other nodes recorded is not counted: " + e.getMessage());
    }
    return others + slices.stream().mapToLong(Slice::bytes).sum();
  }

  /** Whether nothing was recorded, here or before. */
  synchronized boolean isEmpty() {
    joinEarlier();
    return listed().isEmpty();
  }

  /** This journal and what came before it, as one: to complete the files of all. */
  synchronized Journal whole() {
    joinEarlier();
    if (earlier == null) {
      return this;
    }
    int fps = request.picture().fps();
    Journal whole = of(JoinedReport.of(earlier, report(), fps), request);
    whole.ownStart = JoinedReport.shift(earlier, fps);
    whole.joined = true;
    return whole;
  }

  /** Where this folder's own media time begins in that of the whole recording. */
  Duration ownStart() {
    return ownStart;
  }

  /** The number of slices; it waits for no disk. */
  int sliceCount() {
    return sliceCount;
  }

  /**
   * False when there are too many already, in all or of its kind: this one is only counted. It
   * waits for no disk: whoever says that the disk takes nothing must not wait for it.
   */
  boolean warning(String kind, String message) {
    long alike = warnings.stream().filter(known -> known.kind().equals(kind)).count();
    boolean listed = warnings.size() < MAX_WARNINGS && alike < MAX_OF_A_KIND;
    if (listed) {
      warnings.add(new Warning(clock.now(), kind, message));
    } else {
      warningsNotListed.incrementAndGet();
    }
    return listed;
  }

  /** Counters of this attempt; those before it are added. */
  void counters(Counters now, SoundCounters heard) {
    counters = before.plus(now);
    sound = soundBefore.plus(heard);
  }

  /**
   * From this moment on nothing was recorded, until {@link #recording}, a pause, a page that is
   * ready to be released, or the end.
   */
  synchronized void gap(Instant from, String cause) {
    if (gaps.isEmpty() || gaps.getLast().to() != null) {
      gaps.add(new Gap(from, null, cause));
    }
  }

  /** The page is out of its room. False if that is known: the first moment counts. */
  synchronized boolean left(Instant at) {
    if (leftAt != null) {
      return false;
    }
    leftAt = at;
    write();
    return true;
  }

  synchronized void finishing(Instant at) {
    close(holds, at);
    close(pauses, at);
    closeGap(at);
    stoppedAt = at;
    state = State.FINISHING;
    write();
  }

  /** The files are complete: this is the end. */
  synchronized void finished(List<Video> made, @Nullable RecordingFailure cause) {
    videos.clear();
    videos.addAll(made);
    state = cause == null ? State.FINISHED : State.FAILED;
    if (cause != null) {
      failure = new Report.Failure(cause.category(), String.valueOf(cause.getMessage()));
    }
    write();
    try {
      if (!slices.isEmpty()) {
        playlist.end(slices);
      }
      SliceLog.end(request.folder());
    } catch (IOException e) {
      throw cannotWrite(Playlist.FILE, e);
    }
  }

  /**
   * The files could not be completed: they can be later, of the slices, and it says why not now.
   */
  synchronized void unfinished(List<Video> made, RecordingFailure cause) {
    videos.clear();
    videos.addAll(made);
    failure = new Report.Failure(cause.category(), String.valueOf(cause.getMessage()));
    write();
  }

  synchronized Report report() {
    return new Report(
        request.id(),
        request.attempt().number(),
        Label.own(),
        request.page().url(),
        state,
        failure,
        startedAt,
        stoppedAt,
        Durations.seconds(duration()),
        request.page().size().width(),
        request.page().size().height(),
        request.picture().fps(),
        request.picture().bitrateKbps(),
        ready,
        List.copyOf(holds),
        List.copyOf(pauses),
        List.copyOf(gaps),
        List.copyOf(videos),
        slices.stream().map(SliceEntries::of).toList(),
        counters,
        sound,
        List.copyOf(warnings),
        warningsNotListed.get(),
        request.slicing().maxVideo().toSeconds(),
        request.slicing().maxVideoBytes(),
        request.slicing().slice().toSeconds(),
        leftAt,
        follows);
  }

  /** Media time of all finished slices. */
  synchronized Duration duration() {
    return slices.isEmpty() ? Duration.ZERO : slices.getLast().end();
  }

  private static Instant later(Instant one, @Nullable Instant other) {
    return other == null || other.isBefore(one) ? one : other;
  }

  /** Ends the last one; one that was ended too late is cut. */
  private void closeGap(Instant at) {
    if (!gaps.isEmpty() && !isOver(gaps.getLast().to(), at)) {
      Gap gap = gaps.removeLast();
      gaps.add(new Gap(gap.from(), at, gap.cause()));
    }
  }

  private static boolean isOver(@Nullable Instant end, Instant at) {
    return end != null && !end.isAfter(at);
  }

  /** Lets the last one go on if it ended with everything. */
  private static boolean reopen(List<Interval> intervals, @Nullable Instant end) {
    if (end == null || intervals.isEmpty() || !end.equals(intervals.getLast().to())) {
      return false;
    }
    intervals.set(intervals.size() - 1, new Interval(intervals.getLast().from(), null));
    return true;
  }

  private static boolean isOpen(List<Interval> intervals) {
    return !intervals.isEmpty() && intervals.getLast().to() == null;
  }

  private static void open(List<Interval> intervals, Instant at) {
    if (!isOpen(intervals)) {
      intervals.add(new Interval(at, null));
    }
  }

  /** Ends the last one; one that begins later is none. */
  private static void close(List<Interval> intervals, Instant at) {
    if (isOpen(intervals)) {
      Interval last = intervals.removeLast();
      if (!last.from().isAfter(at)) {
        intervals.add(new Interval(last.from(), at));
      }
    }
  }

  private void write() {
    Report now = report();
    if (joined && !now.isOver()) {
      return; // whoever goes on elsewhere must find each part as it was
    }
    try {
      String text = Json.PRETTY.writeValueAsString(now.isOver() ? now : now.with(List.of()));
      WholeFile.write(request.folder().resolve(Report.FILE), text + "\n");
    } catch (IOException e) {
      throw cannotWrite(Report.FILE, e);
    }
  }

  private void playlist(Slice slice) {
    try {
      playlist.add(slice, listed());
    } catch (IOException e) {
      throw cannotWrite(Playlist.FILE, e);
    }
  }

  private List<Slice> listed() {
    if (earlier == null) {
      return slices;
    }
    return Stream.concat(earlier.slices().stream().map(SliceEntries::slice), slices.stream())
        .toList();
  }

  private RecordingFailure cannotWrite(String file, IOException e) {
    return new RecordingFailure(
        FailureCategory.CAPACITY, "Cannot write " + request.folder().resolve(file) + ": " + e, e);
  }
}
