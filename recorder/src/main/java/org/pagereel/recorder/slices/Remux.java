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
    private final GrowingFile.@Nullable Stream target;
    private long lastTicks = Long.MIN_VALUE;

    Copied(GrowingFile file, @Nullable StreamFormat format) {
      target = format == null ? null : file.add(format);
    }

    void write(Packet packet, long shiftMicros) {
      long ticks = packet.dts() + TsTime.ticks(shiftMicros);
      if (target == null || ticks <= lastTicks) {
        return; // an attempt's sound begins a little before the last one's ended
      }
      lastTicks = ticks;
      target.write(packet, shiftMicros);
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

  /** Writes a packet of a slice, shifted by a number of microseconds. */
  void write(MediaInput slice, Packet packet, long shiftMicros) {
    StreamFormat picture = slice.video();
    boolean isVideo = picture != null && packet.stream() == picture.number();
    (isVideo ? video : sound).write(packet, shiftMicros);
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
