package org.pagereel.recorder.timeline;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * Turns clock time into media time, and is the only place that knows of hold and pause: what lies
 * outside a recorded span has no media time at all. All times in microseconds. Thread-safe.
 */
public final class Timeline {
  /** Part of a span: clock time {@code [from, to)} and the media time of its start. */
  public record Piece(long from, long to, long media, boolean startsSpan) {}

  private record Span(long from, long to, long media) {}

  private static final long OPEN = Long.MAX_VALUE;
  private final double speed;
  private final List<Span> spans = new ArrayList<>();
  private boolean ended;

  /** Media time passes at this speed ({@link MediaSpeed}). */
  public Timeline(double speed) {
    this.speed = speed;
  }

  /** Recording from this moment on; false when it has begun before, or was ended already. */
  public synchronized boolean begin(long at) {
    if (ended || !spans.isEmpty()) {
      return false;
    }
    spans.add(new Span(at, OPEN, 0));
    return true;
  }

  /** Recording again; media time goes on where it stopped. False unless it is paused. */
  public synchronized boolean resume(long at) {
    if (ended || spans.isEmpty() || isRecording()) {
      return false;
    }
    Span last = spans.getLast();
    spans.add(new Span(at, OPEN, mediaAt(last, last.to)));
    return true;
  }

  /** Recording ends with this moment, for good. */
  public synchronized void end(long at) {
    pause(at);
    ended = true;
  }

  /** Recording ends with this moment, until {@link #resume}; false when it does not record. */
  public synchronized boolean pause(long at) {
    if (!isRecording()) {
      return false;
    }
    Span last = spans.removeLast();
    spans.add(new Span(last.from, Math.max(at, last.from), last.media));
    return true;
  }

  public synchronized boolean isRecording() {
    return !spans.isEmpty() && spans.getLast().to == OPEN;
  }

  /** Media time of a moment, empty when the moment is not recorded. */
  public synchronized OptionalLong mediaAt(long at) {
    for (Span span : spans.reversed()) {
      if (at >= span.from && at < span.to) {
        return OptionalLong.of(mediaAt(span, at));
      }
    }
    return OptionalLong.empty();
  }

  /** The media time of a moment; empty if the moment is not recorded. */
  public synchronized Optional<Moment> momentAt(long at) {
    for (int i = spans.size() - 1; i >= 0; i--) {
      Span span = spans.get(i);
      if (at >= span.from && at < span.to) {
        return Optional.of(new Moment(mediaAt(span, at), i, span.media));
      }
    }
    return Optional.empty();
  }

  /** The recorded pieces of clock time {@code [from, to)}, in order. */
  public synchronized List<Piece> recorded(long from, long to) {
    List<Piece> pieces = new ArrayList<>(1);
    for (Span span : spans) {
      long start = Math.max(from, span.from);
      long end = Math.min(to, span.to);
      if (start < end) {
        pieces.add(new Piece(start, end, mediaAt(span, start), start == span.from));
      }
    }
    return pieces;
  }

  /** The media time that had passed at a moment, which may lie before the last span. */
  public synchronized long duration(long now) {
    for (Span span : spans.reversed()) {
      if (span.from <= now) {
        return mediaAt(span, Math.min(now, span.to));
      }
    }
    return 0;
  }

  private long mediaAt(Span span, long at) {
    return span.media + Math.round((at - span.from) * speed);
  }
}
