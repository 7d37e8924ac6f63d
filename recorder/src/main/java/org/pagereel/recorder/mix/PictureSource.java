package org.pagereel.recorder.mix;

import org.jspecify.annotations.Nullable;
import org.pagereel.recorder.Durations;
import org.pagereel.recorder.av.Decoder;
import org.pagereel.recorder.av.Frame;
import org.pagereel.recorder.av.Packet;
import org.pagereel.recorder.av.PictureShape;
import org.pagereel.recorder.av.Track;
import org.pagereel.recorder.av.Yuv;

/**
 * The pictures of an input, as the mix's time goes by. Holds two: the one that is shown, to see
 * whether the next differs, and the next, to know when its time comes.
 */
final class PictureSource implements AutoCloseable {
  /** A first picture that is late by less is shown at once: encoders begin when they please. */
  private static final long MAX_LATE_MICROS = 1_000_000;

  private final MixInput input;
  private final Cell cell;
  private final Missing missing;
  private final long fromMicros;
  private final Frame shown = new Frame();
  private final Frame next = new Frame();
  private @Nullable Track track;
  private @Nullable Decoder decoder;
  private @Nullable CellPicture picture;
  private long shiftMicros;
  private boolean hasNext;
  private long nextMicros;

  /** Opens the input; one that cannot be opened is missing and shows nothing. */
  PictureSource(MixInput input, Cell cell, int decoderThreads, Missing missing) {
    this.input = input;
    this.cell = cell;
    this.missing = missing;
    fromMicros = Durations.micros(input.from());
    try {
      open(decoderThreads);
    } catch (RuntimeException e) {
      giveUp(e);
    }
  }

  Cell cell() {
    return cell;
  }

  boolean isShown() {
    return picture != null;
  }

  /** Takes the picture of this time of the mix; false when it still is the one before. */
  boolean advance(long untilMicros) {
    if (!hasNext || nextMicros > untilMicros) {
      return false;
    }
    try {
      return takeUntil(untilMicros);
    } catch (RuntimeException e) {
      giveUp(e);
      return false;
    }
  }

  /** Draws the whole cell, if it has a picture. */
  void draw(Yuv canvas) {
    if (picture != null) {
      picture.draw(canvas);
    }
  }

  private boolean takeUntil(long untilMicros) {
    try (Frame newest = new Frame()) {
      while (hasNext && nextMicros <= untilMicros) {
        newest.take(next);
        decodeNext();
      }
      return show(newest);
    }
  }

  private boolean show(Frame newest) {
    PictureShape shape = newest.shape();
    boolean sameShape = picture != null && picture.shape().equals(shape);
    if (picture == null || !sameShape) {
      closePicture();
      picture = new CellPicture(shape, cell);
    }
    boolean changed = picture.show(newest, sameShape ? shown : null);
    shown.take(newest);
    return changed;
  }

  private void open(int decoderThreads) {
    long skipMicros = Durations.micros(input.skip());
    Track opened = Track.at(input.file(), Track.Kind.PICTURE, skipMicros);
    track = opened;
    if (opened.format() == null) {
      if (!opened.hasStreams()) {
        missing.add(input.file(), "it holds neither picture nor sound");
      }
      return;
    }
    shiftMicros = fromMicros - skipMicros - opened.startMicros();
    decoder = new Decoder(opened, decoderThreads);
    decodeNext();
    if (!hasNext) {
      missing.add(input.file(), "no picture of it can be decoded");
    } else if (nextMicros <= fromMicros + MAX_LATE_MICROS) {
      nextMicros = Math.min(nextMicros, fromMicros);
    }
  }

  private void decodeNext() {
    Track from = track;
    Decoder by = decoder;
    if (from == null || by == null) {
      hasNext = false;
      return;
    }
    long before = nextMicros;
    long length = hasNext ? by.lengthMicros(next) : 0;
    hasNext = by.next(next);
    if (hasNext) {
      long micros = by.micros(next);
      nextMicros = micros == Packet.UNKNOWN ? before + length : micros + shiftMicros;
    } else if (from.broken() != null) {
      missing.add(input.file(), from.broken());
    }
  }

  private void giveUp(RuntimeException e) {
    missing.add(input.file(), String.valueOf(e.getMessage()));
    hasNext = false;
  }

  private void closePicture() {
    if (picture != null) {
      picture.close();
      picture = null;
    }
  }

  @Override
  public void close() {
    closePicture();
    shown.close();
    next.close();
    if (decoder != null) {
      decoder.close();
    }
    if (track != null) {
      track.close();
    }
  }
}
