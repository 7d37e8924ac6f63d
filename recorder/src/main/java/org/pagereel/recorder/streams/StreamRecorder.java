package org.pagereel.recorder.streams;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.pagereel.recorder.Durations;
import org.pagereel.recorder.RecordingFailure;
import org.pagereel.recorder.StreamFiles.Kind;
import org.pagereel.recorder.StreamNames;
import org.pagereel.recorder.StreamsPlan;
import org.pagereel.recorder.capture.Capture;
import org.pagereel.recorder.timeline.Moment;

/**
 * Writes the streams that the page hands over, next to the capture of its screen and on the same
 * timeline. Belongs to the thread that pumps the browser.
 */
public final class StreamRecorder implements AutoCloseable {
  private static final int LONGEST_USER_ID = 255;

  /** A page that hands over ever more streams must not fill journal and store. */
  private static final int MAX_SEGMENTS = 5_000;

  private final Path folder;
  private final StreamNames names;
  private final StreamJournal journal;
  private final StreamClock clock;
  private final Capture capture;
  private final Map<Long, StreamTrack> tracks = new HashMap<>();
  private final Consumer<String> warn;
  private boolean closed;

  /**
   * Records into the folder, or goes on there.
   *
   * @param warn told what is not understood
   */
  public StreamRecorder(Path folder, StreamsPlan plan, Capture capture, Consumer<String> warn) {
    this.warn = warn;
    this.folder = folder;
    this.names = plan.names();
    this.journal = StreamJournal.open(folder, plan);
    this.capture = capture;
    this.clock = new StreamClock(capture);
  }

  /** Size of all that has been written of streams into the folder. */
  public static long bytes(Path folder) {
    try (Stream<Path> files = Files.list(folder)) {
      return files
          .filter(file -> file.toString().endsWith(StreamJournal.SUFFIX))
          .mapToLong(file -> file.toFile().length())
          .sum();
    } catch (IOException e) {
      return 0; // the folder is gone, as the next write will tell
    }
  }

  public boolean needsClock() {
    return !clock.isSet();
  }

  /**
   * Measures the page's clock, {@code performance.now()} in microseconds; empty while it is busy.
   */
  public void setClock(Supplier<OptionalLong> page) {
    clock.set(page);
  }

  /**
   * Takes what the page's script says: some lines.
   *
   * @throws RecordingFailure the disk does not take them
   */
  public void take(String lines) {
    for (String line : lines.split("\n", -1)) {
      try {
        take(StreamMessage.parse(line));
      } catch (IllegalArgumentException e) {
        warn.accept(String.valueOf(e.getMessage())); // only the page's own script can have said it
      }
    }
  }

  /** Streams that cannot go on without a keyframe. */
  public List<Long> wantingKey() {
    List<Long> wanting = new ArrayList<>();
    tracks.forEach((id, track) -> {
      if (track.wantsKey()) {
        wanting.add(id);
      }
    });
    return wanting;
  }

  /** The number of streams that have picture or sound at the moment. */
  public int alive() {
    return (int) tracks.values().stream().filter(StreamTrack::isAlive).count();
  }

  private void take(StreamMessage message) {
    if (closed) {
      return;
    }
    switch (message) {
      case StreamMessage.Hello ignored -> {
        closeAll();
        clock.forget();
      }
      case StreamMessage.Begin begin -> begin(begin);
      default -> follow(message);
    }
  }

  private void follow(StreamMessage message) {
    StreamTrack track = tracks.get(message.stream());
    if (track == null) {
      return; // the rest of a stream that is over
    }
    switch (message) {
      case StreamMessage.Hello ignored -> {}
      case StreamMessage.Begin ignored -> {}
      case StreamMessage.Size size -> track.size(size.width(), size.height());
      case StreamMessage.Has has -> track.has(has.video(), has.sound());
      case StreamMessage.Chunk chunk -> chunk(track, chunk);
      case StreamMessage.Cut ignored -> track.cut();
      case StreamMessage.Gone gone -> track.gone(gone.video(), media(gone.at()));
      case StreamMessage.Dropped dropped ->
          warn.accept(
              "%s: %d pictures were dropped, this machine is too slow"
                  .formatted(
                      names.of(track.key().kind(), track.key().userId()), dropped.pictures()));
      case StreamMessage.End end -> {
        track.close(media(end.at()));
        tracks.remove(end.stream());
      }
    }
  }

  private void begin(StreamMessage.Begin begin) {
    Kind kind = begin.kind().equals("screen") ? Kind.SCREEN : Kind.CAMERA;
    if (begin.userId().length() > LONGEST_USER_ID || journal.segments().size() >= MAX_SEGMENTS) {
      warn.accept("too many streams, or too long a user id: this one is not recorded");
      return;
    }
    StreamKey key = new StreamKey(begin.userId(), kind);
    journal.begun(key);
    tracks.put(begin.stream(), new StreamTrack(key, folder, journal));
  }

  private void chunk(StreamTrack track, StreamMessage.Chunk chunk) {
    Optional<Moment> moment = clock.moment(chunk.at());
    // Sound that reaches into a pause is left out as a whole.
    boolean whole = chunk.video() || clock.moment(chunk.at() + chunk.duration() - 1000).isPresent();
    if (moment.isPresent() && whole) {
      track.take(chunk, moment.get());
    } else {
      track.skipped();
    }
  }

  private long media(long pageMicros) {
    return Durations.micros(clock.duration(pageMicros));
  }

  /** Completes the files of the streams that are still there. */
  @Override
  public void close() {
    closed = true;
    closeAll();
  }

  /** One that cannot be closed must not keep the others open. */
  private void closeAll() {
    long end = Durations.micros(capture.durationAt(Capture.clock()));
    RecordingFailure failure = null;
    for (StreamTrack track : tracks.values()) {
      try {
        track.close(end);
      } catch (RecordingFailure e) {
        failure = failure == null ? e : failure;
      }
    }
    tracks.clear();
    if (failure != null) {
      throw failure;
    }
  }
}
