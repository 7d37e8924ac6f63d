package org.pagereel.recorder.capture;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.function.Consumer;
import org.pagereel.recorder.Counters;
import org.pagereel.recorder.Durations;
import org.pagereel.recorder.FailureCategory;
import org.pagereel.recorder.RecordingFailure;
import org.pagereel.recorder.SoundCounters;
import org.pagereel.recorder.SoundPath;
import org.pagereel.recorder.av.PacketSink;
import org.pagereel.recorder.av.ScreenGrabber;
import org.pagereel.recorder.av.SoundEncoder;
import org.pagereel.recorder.av.VideoEncoder;
import org.pagereel.recorder.liveness.Probe;
import org.pagereel.recorder.process.Await;
import org.pagereel.recorder.screen.PictureEncoding;
import org.pagereel.recorder.screen.PictureGrabbing;
import org.pagereel.recorder.screen.ScreenProbe;
import org.pagereel.recorder.screen.ScreenWatch;
import org.pagereel.recorder.screen.Shot;
import org.pagereel.recorder.screen.Tally;
import org.pagereel.recorder.sound.PageSound;
import org.pagereel.recorder.sound.SoundReader;
import org.pagereel.recorder.sound.SoundTally;
import org.pagereel.recorder.sound.SoundTrack;
import org.pagereel.recorder.timeline.Clock;
import org.pagereel.recorder.timeline.MediaSpeed;
import org.pagereel.recorder.timeline.Moment;
import org.pagereel.recorder.timeline.Timeline;

/**
 * Screen and sound to encoded packets. Opened early, it costs next to nothing until {@link
 * #record}.
 *
 * <p>Threads: {@code picture-grabber} looks and grabs, {@code picture-encoder} compares, converts
 * and encodes, {@code sound} takes the sound, {@code sound-encoder} places and encodes it. Orders
 * come from any thread.
 */
public final class Capture implements AutoCloseable {
  /** The number of pictures that may wait for the encoder; 8 MB each at full HD. */
  private static final int MAX_WAITING = 8;

  private static final Duration FIRST_PICTURE = Duration.ofSeconds(1);
  private static final Duration READER_DEADLINE = Duration.ofSeconds(2);
  private static final Duration STOP_DEADLINE = Duration.ofSeconds(20);

  private final CaptureSettings settings;
  private final Consumer<RecordingFailure> failed;
  private final Timeline timeline;
  private final Tally tally = new Tally();
  private final VideoEncoder videoEncoder;
  private final SoundEncoder soundEncoder;
  private final ScreenWatch watch;
  private final ScreenGrabber grabber;
  private final SoundReader soundReader;
  private final SoundTally soundTally = new SoundTally();
  private final PacketSinks sink;
  private final ScreenProbe screenProbe;
  private final PictureGrabbing grabbing;
  private final SoundTrack soundTrack;
  private final Thread grabberThread;
  private final Thread encoderThread;
  private final Thread soundReaderThread;
  private final Thread soundEncoderThread;

  /** From now on screen and sound may vanish without being missed. */
  private volatile boolean ending;

  private long heardBefore;
  private boolean begun;
  private boolean finished;

  /**
   * Opens it, ready to record.
   *
   * @param sinks get all packets; they are closed with the capture, and stay the caller's if it
   *     cannot be opened
   * @param failed told, by any thread, that the capture cannot go on; it still wants to be stopped
   */
  public Capture(
      CaptureSettings settings, List<PacketSink> sinks, Consumer<RecordingFailure> failed) {
    this.settings = settings;
    this.failed = failed;
    sink = new PacketSinks(List.copyOf(sinks));
    double speed = MediaSpeed.at(settings.request().picture().fps());
    timeline = new Timeline(speed);
    videoEncoder =
        VideoEncoder.live(
            settings.request().page().size(),
            settings.request().picture().fps(),
            settings.request().picture().bitrateKbps());
    soundEncoder = SoundEncoder.live(settings.request().sound());
    watch = new ScreenWatch(settings.display());
    grabber = new ScreenGrabber(settings.display(), settings.request().page().size());
    sink.begin(videoEncoder.format(), soundEncoder.format());
    BlockingQueue<Shot> shots = new ArrayBlockingQueue<>(MAX_WAITING);
    grabbing = new PictureGrabbing(watch, grabber, timeline, shots, tally, settings.request());
    screenProbe = ScreenProbe.start(settings.display(), watch::paints);
    soundReader = new SoundReader(new PageSound(settings.sound(), speed));
    soundTrack = new SoundTrack(soundReader, soundEncoder, timeline, sink, soundTally);
    grabberThread = start("picture-grabber", grabbing);
    encoderThread =
        start(
            "picture-encoder",
            new PictureEncoding(
                shots,
                videoEncoder,
                sink,
                tally,
                settings.request(),
                e -> fail("picture-encoder", e)));
    soundReaderThread = start(SoundPath.THREAD, soundReader);
    soundEncoderThread = start("sound-encoder", soundTrack);
  }

  /**
   * Begins, or goes on after a pause: what is on the screen now becomes the next picture.
   *
   * <p>Orders take effect on the timeline at once; the threads follow.
   */
  public synchronized void record() {
    if (!begun) {
      begun = true;
      grabbing.begin();
      return;
    }
    long now = Clock.micros();
    if (timeline.resume(now)) {
      grabbing.resume(now);
    }
  }

  /**
   * From this moment on nothing is recorded until {@link #record}. One that comes before the first
   * picture takes effect right after it.
   */
  public synchronized void pause() {
    long now = Clock.micros();
    if (begun && timeline.duration(now) == 0) {
      Await.until(FIRST_PICTURE, () -> timeline.duration(Clock.micros()) > 0);
      now = Clock.micros();
    }
    if (timeline.pause(now)) {
      grabbing.pause(timeline.duration(now));
    }
  }

  /** Ends the recording with this moment. */
  public synchronized void end() {
    if (!ending) {
      ending = true;
      timeline.end(Clock.micros());
      grabbing.stop();
      soundTrack.stop();
    }
  }

  /** Ends the recording, if that has not been done, and returns when all is safe in the sinks. */
  public void finish() {
    end();
    finished = true;
    long deadline = System.nanoTime() + STOP_DEADLINE.toNanos();
    try {
      for (Thread thread : List.of(grabberThread, encoderThread, soundEncoderThread)) {
        long left = Math.max(1, (deadline - System.nanoTime()) / 1_000_000);
        if (!thread.join(Duration.ofMillis(left))) {
          failed.accept(
              new RecordingFailure(FailureCategory.INTERNAL, thread.getName() + " did not end"));
        }
      }
      sink.finish(timeline.duration(Clock.micros()));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** Now, on the clock that {@link #momentAt} understands: microseconds, monotonic. */
  public static long clock() {
    return Clock.micros();
  }

  /**
   * Where a moment of the clock is in the recording, earlier attempts included; empty in a pause.
   */
  public Optional<Moment> momentAt(long clockMicros) {
    long start = Durations.micros(settings.mediaStart());
    return timeline
        .momentAt(clockMicros)
        .map(found -> new Moment(start + found.media(), found.span(), start + found.spanStart()));
  }

  /** The recorded time at a moment of the clock, earlier attempts included. */
  public Duration durationAt(long clockMicros) {
    return settings.mediaStart().plus(Durations.ofMicros(timeline.duration(clockMicros)));
  }

  public Counters counters() {
    return tally.counters();
  }

  /** The number of paints that were seen on the screen. */
  public long paints() {
    return watch.paints();
  }

  /** The number of pictures that were not the same as the one before. */
  public long changedPictures() {
    return tally.changed();
  }

  /** Whether it records at this moment, and the last picture has one colour only. */
  public boolean recordsPlainPicture() {
    return timeline.isRecording() && tally.isPlain();
  }

  public SoundCounters soundCounters() {
    return soundTally.counters();
  }

  /** Where picture and sound come from: each must give signs of life. */
  public List<Probe> sources() {
    return List.of(
        Probe.vital(
            "The screen (Xvfb)",
            "has not answered",
            FailureCategory.INTERNAL,
            screenProbe::answers),
        Probe.vital(
            "The sound (PulseAudio)",
            "has given nothing",
            FailureCategory.INTERNAL,
            soundReader::played));
  }

  /** What becomes of picture and sound: each must give signs of life. */
  public List<Probe> results() {
    return List.of(
        new Probe(
            "The browser's output",
            "has not reached the screen",
            FailureCategory.INTERNAL,
            watch::paints,
            screenProbe::awaitsPaint,
            true),
        new Probe(
            "The picture's encoder",
            "has given nothing",
            FailureCategory.INTERNAL,
            sink.seen()::get,
            this::isPictureDue,
            true),
        // Another attempt would write to the same disk: this one goes on as well as it can.
        new Probe(
            "The disk",
            "has taken nothing",
            FailureCategory.CAPACITY,
            sink.heard()::get,
            timeline::isRecording,
            false));
  }

  /** A picture comes at least once a second; if sound comes, it is not the disk that hangs. */
  private boolean isPictureDue() {
    long heard = sink.heard().get();
    boolean soundFlows = heard != heardBefore;
    heardBefore = heard;
    return soundFlows && timeline.isRecording();
  }

  /** Media time recorded so far, earlier attempts included. */
  public Duration duration() {
    return durationAt(Clock.micros());
  }

  @Override
  public void close() {
    if (!finished) {
      finish();
    }
    soundReader.close();
    screenProbe.close();
    if (!isOver(soundReaderThread)
        || grabberThread.isAlive()
        || encoderThread.isAlive()
        || soundEncoderThread.isAlive()) {
      return; // a hung native call still uses them; the process ends soon
    }
    sink.close();
    grabber.close();
    watch.close();
    videoEncoder.close();
    soundEncoder.close();
  }

  private static boolean isOver(Thread thread) {
    try {
      return thread.join(READER_DEADLINE);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  private Thread start(String name, Runnable track) {
    return Thread.ofPlatform()
        .name(name)
        .daemon()
        .start(() -> {
          try {
            track.run();
          } catch (RuntimeException | Error e) {
            fail(name, e);
          }
        });
  }

  /** While ending, screen and sound may be gone; what cannot be encoded or written still counts. */
  private void fail(String thread, Throwable e) {
    if (!ending || thread.endsWith("-encoder") || e instanceof Error) {
      failed.accept(RecordingFailure.from(thread, e));
    }
  }
}
