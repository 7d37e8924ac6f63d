package org.pagereel.recorder.media;

import java.util.ArrayDeque;
import java.util.Deque;
import org.bytedeco.ffmpeg.avcodec.AVPacket;
import org.pagereel.recorder.media.SoundSource.Fragment;
import org.pagereel.recorder.media.Timeline.Piece;

/**
 * The sound of the recorded spans as one gapless stream of samples. Runs on its own thread.
 *
 * <p>At the start of a span the stream is aligned to the timeline to the sample. Within a span the
 * samples follow each other without a break, and the stream is stretched so that it stays with the
 * clock. Only where sound was lost for good is silence inserted.
 */
final class SoundTrack implements Runnable {
  /** Where the sound comes from. */
  interface Input {
    /** Waits for the next fragment. */
    Fragment read();

    /**
     * By how much the clock of the samples runs slower than ours, in parts per million; negative
     * when faster.
     */
    double driftPpm();
  }

  /** Where it goes when it is encoded. */
  interface Output {
    /** Takes a packet in samples of media time. */
    void sound(AVPacket packet);

    /** All sound before this moment, the end of a recorded span, was given. */
    void soundEndsAt(long mediaMicros);
  }

  /**
   * Fragments rest this long before they are placed, because a span may begin or end at a moment
   * that has already sounded when the order to do so arrives.
   */
  private static final long REST_MICROS = 100_000;

  /** Being further off than this is no drift: sound was lost. */
  private static final long LOST_SAMPLES = SoundEncoder.RATE * 80L / 1000;

  /** Being off by less is left alone. */
  private static final long TOLERATED_SAMPLES = SoundEncoder.RATE * 2L / 1000;

  private final Input source;
  private final SoundEncoder encoder;
  private final SoundStretch stretch;
  private final Timeline timeline;
  private final Output slices;
  private final SoundTally tally;
  private final Deque<Fragment> resting = new ArrayDeque<>();
  private volatile boolean stopped;
  private boolean spanOpen;

  SoundTrack(
      Input source,
      SoundEncoder encoder,
      SoundStretch stretch,
      Timeline timeline,
      Output slices,
      SoundTally tally) {
    this.source = source;
    this.encoder = encoder;
    this.stretch = stretch;
    this.timeline = timeline;
    this.slices = slices;
    this.tally = tally;
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
      if (fragment.at() >= stoppedAt) {
        break;
      }
      resting.add(fragment);
      long ripe = Clock.micros() - REST_MICROS;
      while (!resting.isEmpty() && resting.peek().end() <= ripe) {
        place(resting.remove());
      }
      tally.drift(source.driftPpm());
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
    long behind = samplesIn(piece.media()) - encoder.samples();
    if (!spanOpen) {
      tally.spanBegins();
      fillUpTo(piece.media());
      from += (int) Math.max(0, -behind);
    } else if (behind > LOST_SAMPLES) {
      fillUpTo(piece.media());
      tally.inserted(behind);
    } else {
      stretch.correct(Math.abs(behind) > TOLERATED_SAMPLES ? behind : 0);
    }
    tally.heard(fragment.samples(), from, to);
    stretch.feed(
        fragment.samples(),
        from,
        to,
        (left, right, count) -> encoder.add(left, right, count, slices::sound));
  }

  private void fillUpTo(long mediaMicros) {
    encoder.silence(samplesIn(mediaMicros) - encoder.samples(), slices::sound);
  }

  private static long samplesIn(long micros) {
    return Math.round(micros * (SoundEncoder.RATE / 1e6));
  }
}
