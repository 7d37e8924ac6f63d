package org.pagereel.recorder.media;

import java.util.ArrayDeque;
import java.util.Deque;
import org.pagereel.recorder.media.SoundSource.Fragment;
import org.pagereel.recorder.media.Timeline.Piece;

/**
 * The sound of the recorded spans as one gapless stream of samples. Runs on its own thread.
 *
 * <p>At the start of a span the stream is aligned to the timeline to the sample; within a span the
 * samples' own count is the better clock and only a real gap is filled or an overlap cut.
 */
final class SoundTrack implements Runnable {
  /**
   * Fragments rest this long before they are placed, because a span may begin or end at a moment
   * that has already sounded when the order to do so arrives.
   */
  private static final long REST_MICROS = 100_000;

  private static final long JITTER_SAMPLES = SoundEncoder.RATE * 40L / 1000;

  private final SoundSource source;
  private final SoundEncoder encoder;
  private final Timeline timeline;
  private final SliceWriter slices;
  private final Deque<Fragment> resting = new ArrayDeque<>();
  private volatile boolean stopped;
  private boolean spanOpen;

  SoundTrack(SoundSource source, SoundEncoder encoder, Timeline timeline, SliceWriter slices) {
    this.source = source;
    this.encoder = encoder;
    this.timeline = timeline;
    this.slices = slices;
  }

  /** Lets {@link #run} end after everything that has sounded until now. */
  void stop() {
    stopped = true;
  }

  @Override
  public void run() {
    long stoppedAt = Long.MAX_VALUE;
    while (true) {
      if (stopped && stoppedAt == Long.MAX_VALUE) {
        stoppedAt = Clock.micros();
      }
      Fragment fragment = source.read();
      if (fragment.end() >= stoppedAt) {
        break;
      }
      resting.add(fragment);
      long ripe = Clock.micros() - REST_MICROS;
      while (!resting.isEmpty() && resting.peek().end() <= ripe) {
        place(resting.remove());
      }
    }
    resting.forEach(this::place);
    fillUpTo(timeline.duration(stoppedAt));
    encoder.drain(slices::sound);
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
      slices.soundEndsAt(timeline.duration(fragment.end()));
    }
  }

  private void place(Fragment fragment, Piece piece) {
    int from = (int) samplesIn(piece.from() - fragment.at());
    int to = (int) Math.min(fragment.frames(), samplesIn(piece.to() - fragment.at()));
    long due = samplesIn(piece.media());
    long behind = due - encoder.samples();
    if (!spanOpen || Math.abs(behind) > JITTER_SAMPLES) {
      fillUpTo(piece.media());
      from += (int) Math.max(0, -behind);
    }
    for (int i = from; i < to; i++) {
      encoder.add(
          fragment.samples().get(2 * i) / 32768f,
          fragment.samples().get(2 * i + 1) / 32768f,
          slices::sound);
    }
  }

  private void fillUpTo(long mediaMicros) {
    long due = samplesIn(mediaMicros);
    while (encoder.samples() < due) {
      encoder.add(0, 0, slices::sound);
    }
  }

  private static long samplesIn(long micros) {
    return Math.round(micros * (SoundEncoder.RATE / 1e6));
  }
}
