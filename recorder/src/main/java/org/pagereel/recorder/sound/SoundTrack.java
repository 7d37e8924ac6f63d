package org.pagereel.recorder.sound;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;
import org.pagereel.recorder.av.PacketSink;
import org.pagereel.recorder.av.SoundEncoder;
import org.pagereel.recorder.sound.PageSound.Fragment;
import org.pagereel.recorder.timeline.Clock;
import org.pagereel.recorder.timeline.Timeline;
import org.pagereel.recorder.timeline.Timeline.Piece;

/**
 * The sound of the recorded spans as one gapless stream of samples. Runs on its own thread.
 *
 * <p>At the start of a span the stream is aligned to the timeline to the sample. Within a span the
 * samples follow each other without a break. Only where sound was lost for good is silence
 * inserted, and counted.
 */
public final class SoundTrack implements Runnable {
  /** The source of the sound. */
  public interface Input {
    /** Waits for the next fragment; empty when there will be none. */
    Optional<Fragment> next();
  }

  /**
   * Fragments rest this long before they are placed, because a span may begin or end at a moment
   * that has already sounded when the order to do so arrives.
   */
  private static final long REST_MICROS = 100_000;

  /** Rounding to whole microseconds explains less than this. */
  private static final long LOST_SAMPLES = SoundEncoder.RATE / 1000;

  private final Input source;
  private final SoundEncoder encoder;
  private final Timeline timeline;
  private final PacketSink sink;
  private final SoundTally tally;
  private final Deque<Fragment> resting = new ArrayDeque<>();
  private volatile boolean stopped;
  private boolean spanOpen;

  public SoundTrack(
      Input source, SoundEncoder encoder, Timeline timeline, PacketSink sink, SoundTally tally) {
    this.source = source;
    this.encoder = encoder;
    this.timeline = timeline;
    this.sink = sink;
    this.tally = tally;
  }

  /** Lets {@link #run} end after everything that has sounded until now. */
  public void stop() {
    stopped = true;
  }

  @Override
  public void run() {
    long stoppedAt = Long.MAX_VALUE;
    while (true) {
      if (stopped && stoppedAt == Long.MAX_VALUE) {
        stoppedAt = Clock.micros();
      }
      Optional<Fragment> next = source.next();
      if (next.isEmpty() || next.get().at() >= stoppedAt) {
        break;
      }
      resting.add(next.get());
      long ripe = Clock.micros() - REST_MICROS;
      while (!resting.isEmpty() && resting.peek().end() <= ripe) {
        place(resting.remove());
      }
    }
    resting.forEach(this::place);
    makeUpFor(timeline.duration(Math.min(stoppedAt, Clock.micros())));
    encoder.drain(sink::sound);
  }

  private void place(Fragment fragment) {
    for (Piece piece : timeline.recorded(fragment.at(), fragment.end())) {
      if (piece.startsSpan()) {
        spanOpen = false;
      }
      place(fragment, piece);
      spanOpen = true;
    }
    if (spanOpen && timeline.mediaAt(fragment.end()).isEmpty()) {
      spanOpen = false;
      sink.soundEndsAt(timeline.duration(fragment.end()));
    }
  }

  private void place(Fragment fragment, Piece piece) {
    int from = (int) samplesIn(piece.from() - fragment.at());
    int to = (int) Math.min(fragment.frames(), samplesIn(piece.to() - fragment.at()));
    makeUpFor(piece.media());
    if (!spanOpen) {
      tally.spanBegins();
      long behind = samplesIn(piece.media()) - encoder.samples();
      encoder.silence(behind, sink::sound);
      from += (int) Math.max(0, -behind);
    }
    if (fragment.isLost()) {
      tally.inserted(to - from);
    } else {
      tally.heard(fragment.samples(), from, to);
    }
    encoder.add(fragment.samples(), from, to, sink::sound);
  }

  /** Inserts silence for sound that should have come before this moment of media time. */
  private void makeUpFor(long mediaMicros) {
    long behind = samplesIn(mediaMicros) - encoder.samples();
    if (behind > LOST_SAMPLES) {
      encoder.silence(behind, sink::sound);
      tally.inserted(behind);
    }
  }

  private static long samplesIn(long micros) {
    return Math.round(micros * (SoundEncoder.RATE / 1e6));
  }
}
