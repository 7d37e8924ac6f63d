package org.pagereel.recorder.mix;

import org.jspecify.annotations.Nullable;
import org.pagereel.recorder.av.Decoder;
import org.pagereel.recorder.av.Frame;
import org.pagereel.recorder.av.Packet;
import org.pagereel.recorder.av.Resampler;
import org.pagereel.recorder.av.SoundEncoder;
import org.pagereel.recorder.av.Track;

/**
 * A file's sound, each sample at its place on the timeline. Samples follow one another while the
 * file's time stamps agree within 30 ms, so that their rounding is not heard; beyond that the time
 * stamps count, and drift cannot add up.
 */
final class FileSound implements AutoCloseable {
  private static final long MAX_APART = SoundEncoder.RATE * 30 / 1000;

  private final Decoder decoder;
  private final SoundPlace place;
  private final Frame frame = new Frame();
  private final float[][] samples = new float[SoundEncoder.CHANNELS][0];
  private @Nullable Resampler resampler;

  /** The number of samples that wait: from {@code first} in the arrays, from {@code at} in time. */
  private int waiting;

  private int first;
  private long at;
  private boolean placed;
  private boolean ended;
  private boolean heard;

  FileSound(Track track, SoundPlace place) {
    this.place = place;
    decoder = new Decoder(track, 1);
  }

  /** Adds what sounds in these samples of the timeline to the block; false if it has ended. */
  boolean addTo(float[][] block, long start, int count) {
    long from = Math.max(start, place.fromSample());
    long to = Math.min(start + count, place.toSample());
    while (from < to) {
      if (waiting == 0 && !decode()) {
        return false;
      }
      drop(from - at);
      if (at >= to) {
        return true;
      }
      int piece = (int) Math.min(waiting, to - at);
      for (int channel = 0; channel < SoundEncoder.CHANNELS; channel++) {
        add(samples[channel], first, block[channel], (int) (at - start), piece);
      }
      drop(piece);
    }
    return start + count < place.toSample();
  }

  /** Whether anything could be decoded so far. */
  boolean heard() {
    return heard;
  }

  private static void add(float[] from, int fromIndex, float[] to, int toIndex, int count) {
    for (int i = 0; i < count; i++) {
      to[toIndex + i] += from[fromIndex + i];
    }
  }

  private void drop(long most) {
    int dropped = Math.clamp(most, 0, waiting);
    first += dropped;
    at += dropped;
    waiting -= dropped;
  }

  /** Makes samples wait; none may. At the end false. */
  private boolean decode() {
    while (waiting == 0) {
      if (ended) {
        return false;
      }
      if (decoder.next(frame)) {
        heard = true;
        take();
      } else {
        ended = true;
        waitFor(resampler == null ? 0 : resampler.convert(null, samples));
      }
    }
    return true;
  }

  private void take() {
    if (resampler != null && !resampler.takes(frame)) {
      resampler.close();
      resampler = null;
    }
    if (resampler == null) {
      resampler = new Resampler(frame);
    }
    long micros = decoder.micros(frame);
    if (micros != Packet.UNKNOWN) {
      long belongs = Times.nearest(micros + place.shift(), SoundEncoder.RATE) - resampler.delay();
      if (!placed || Math.abs(belongs - at) > MAX_APART) {
        at = belongs;
        placed = true;
      }
    }
    waitFor(resampler.convert(frame, samples));
  }

  private void waitFor(int count) {
    first = 0;
    waiting = count;
  }

  @Override
  public void close() {
    if (resampler != null) {
      resampler.close();
    }
    frame.close();
    decoder.close();
  }
}
