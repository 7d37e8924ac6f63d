package org.pagereel.recorder.slices;

import org.jspecify.annotations.Nullable;
import org.pagereel.recorder.av.GrowingFile;
import org.pagereel.recorder.av.MediaInput;
import org.pagereel.recorder.av.Packet;
import org.pagereel.recorder.av.StreamFormat;

/** Packets of slices into another file, untouched but for their time. */
final class Remux implements AutoCloseable {
  private final GrowingFile file;
  private final Copied video;
  private final Copied sound;

  /** A stream of the file; what the model lacks is left out. */
  private static final class Copied {
    private final int number;
    private long lastMicros = Long.MIN_VALUE;

    Copied(GrowingFile file, @Nullable StreamFormat format) {
      number = format == null ? -1 : file.add(format);
    }
  }

  /** Begins the file, which it owns, with the streams of the model. */
  Remux(GrowingFile file, MediaInput model) {
    this.file = file;
    try {
      video = new Copied(file, model.video());
      sound = new Copied(file, model.sound());
      file.begin();
    } catch (RuntimeException e) {
      file.close();
      throw e;
    }
  }

  /** Writes a packet of the input, shifted by a number of microseconds. */
  void write(MediaInput from, Packet packet, long shiftMicros) {
    StreamFormat picture = from.video();
    boolean isVideo = picture != null && packet.stream() == picture.number();
    StreamFormat source = isVideo ? picture : from.sound();
    Copied target = isVideo ? video : sound;
    if (source == null || target.number < 0) {
      return;
    }
    long micros = source.timeBase().micros(packet.dts()) + shiftMicros;
    if (micros <= target.lastMicros) {
      return; // an attempt's sound begins a little before the last one's ended
    }
    target.lastMicros = micros;
    file.write(packet, source.timeBase(), shiftMicros, target.number);
  }

  /** Completes the file. */
  void finish() {
    var _ = file.finish();
  }

  @Override
  public void close() {
    file.close();
  }
}
