package org.pagereel.recorder.streams;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.pagereel.recorder.av.PacketFile;
import org.pagereel.recorder.av.ParameterSets;
import org.pagereel.recorder.streams.StreamMessage.Chunk;
import org.pagereel.recorder.timeline.Moment;

/**
 * One stream as the page hands it over, from {@code begin} to {@code end}, written as segments: a
 * new one after a pause (unless files are to be joined), with other tracks and with another size.
 */
final class StreamTrack {
  /** Pictures of a new stream are awaited so long; a file cannot be begun without them. */
  private static final long PICTURES_WITHIN = 5_000_000;

  /** Opus decoders give what they are asked for; sound may come later than the file begins. */
  private static final int CHANNELS = 2;

  /** A keyframe that was asked for shows what was there when the span began. */
  private static final long KEY_WITHIN = 1_500_000;

  /** The shortest length of a file. */
  private static final long SHORTEST = 100_000;

  private final StreamKey key;
  private final Path folder;
  private final StreamJournal journal;
  private final boolean joined;
  private final List<Timed> waiting = new ArrayList<>();

  private @Nullable PacketFile file;
  private @Nullable Segment segment;
  private int span = -1;
  private int width;
  private int height;
  private long latest;
  private boolean needsKey = true;
  private boolean recording;
  private boolean hasSound;
  private boolean hasVideo;

  /** It was there before the span began, so it is there from the span's first moment on. */
  private boolean early;

  /** A chunk and its media time. */
  private record Timed(Chunk chunk, long media) {}

  StreamTrack(StreamKey key, Path folder, StreamJournal journal) {
    this.key = key;
    this.folder = folder;
    this.journal = journal;
    this.joined = journal.plan().concat();
  }

  StreamKey key() {
    return key;
  }

  boolean wantsKey() {
    return needsKey && recording && width > 0 && hasVideo;
  }

  void size(int newWidth, int newHeight) {
    width = newWidth;
    height = newHeight;
    hasVideo = true;
  }

  /** Whether there is something to be recorded. */
  boolean isAlive() {
    return hasVideo || hasSound;
  }

  void has(boolean video, boolean sound) {
    hasVideo = video;
    hasSound = sound;
  }

  /** Not recorded at this moment: a pause, or recording has not begun. */
  void skipped() {
    early = true;
    recording = false; // no keyframe for nobody, until the first chunk that counts
    needsKey = true;
  }

  void take(Chunk chunk, Moment moment) {
    recording = true;
    if (moment.span() != span) {
      enter(moment);
    }
    long media = moment.media();
    if (chunk.video() && needsKey) {
      if (!chunk.key()) {
        return;
      }
      needsKey = false;
      media = early && media - moment.spanStart() < KEY_WITHIN ? moment.spanStart() : media;
      early = false;
    }
    latest = Math.max(latest, media);
    if (file != null && (chunk.video() ? !file.hasVideo() : !file.hasSound())) {
      close(media); // it has now what it had not: another file
      needsKey |= !chunk.video();
    }
    if (file == null) {
      waiting.add(new Timed(chunk, media));
      openIfComplete();
    } else {
      write(chunk, media);
    }
  }

  /** The following chunks belong into another file. */
  void cut() {
    close(latest);
    needsKey = true;
  }

  void gone(boolean video, long media) {
    close(media);
    if (video) {
      hasVideo = false;
    } else {
      hasSound = false;
    }
    needsKey = true;
  }

  /** Completes what is open; it ends at this media time. */
  void close(long media) {
    if (file == null && !waiting.isEmpty()) {
      open();
    }
    PacketFile closing = file;
    Segment ending = segment;
    file = null;
    segment = null;
    if (closing != null && ending != null) {
      closing.close();
      journal.closed(ending.ending(media - ending.start() < SHORTEST ? ending.start() : media));
    }
  }

  private void enter(Moment moment) {
    if (span >= 0 && !joined) {
      close(moment.spanStart());
    }
    needsKey = true;
    span = moment.span();
  }

  private void openIfComplete() {
    boolean pictures = !hasVideo || waiting.stream().anyMatch(one -> one.chunk().video());
    if (pictures || latest - waiting.getFirst().media() > PICTURES_WITHIN) {
      open();
    }
  }

  private void open() {
    byte[] sets =
        waiting.stream()
            .filter(one -> one.chunk().video())
            .findFirst()
            .map(one -> ParameterSets.of(one.chunk().data()))
            .orElse(null);
    boolean sound = hasSound || waiting.stream().anyMatch(one -> !one.chunk().video());
    long start = waiting.stream().mapToLong(Timed::media).min().orElseThrow();
    Segment opening =
        new Segment(
            journal.nextFile(),
            key,
            start,
            Segment.OPEN,
            sets == null ? 0 : width,
            sets == null ? 0 : height);
    file =
        new PacketFile(
            folder.resolve(opening.file()),
            sets == null ? null : new PacketFile.Pictures(width, height, sets),
            sound ? CHANNELS : 0);
    segment = opening;
    journal.opened(opening);
    List<Timed> held = List.copyOf(waiting);
    waiting.clear();
    held.forEach(one -> write(one.chunk(), one.media()));
  }

  private void write(Chunk chunk, long media) {
    PacketFile open = file;
    Segment into = segment;
    if (open == null || into == null) {
      return;
    }
    long pts = media - into.start();
    if (chunk.video()) {
      open.video(chunk.data(), chunk.key(), pts);
    } else {
      open.sound(chunk.data(), pts, chunk.duration());
    }
  }
}
