package org.pagereel.recorder.mix;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;
import org.pagereel.recorder.av.GrowingFile;
import org.pagereel.recorder.av.Packet;
import org.pagereel.recorder.av.StreamFormat;
import org.pagereel.recorder.av.TimeBase;
import org.pagereel.recorder.av.Track;

/**
 * A stream's pictures on their way into another file, as they are but for the last one's length.
 */
final class PictureCopy implements AutoCloseable {
  /** A first picture that comes within this time is shown from the beginning. */
  private static final long MAX_LATE_MICROS = 300_000;

  private final Track track;
  private final TimeBase unit;
  private final GrowingFile.Stream target;
  private final long end;
  private final long mostLate;

  /** The packet that is written when the next is known, for the last has to last to the end. */
  private final Packet held = new Packet();

  private boolean holds;
  private boolean begun;
  private long reached;

  PictureCopy(Track track, StreamFormat source, long lengthMicros, GrowingFile file) {
    this.track = track;
    unit = source.timeBase();
    end = unit.units(lengthMicros);
    mostLate = unit.units(MAX_LATE_MICROS);
    target = file.add(source);
  }

  long reached() {
    return unit.micros(reached);
  }

  /** Writes a packet; false when all are written. */
  boolean copyNext() {
    Packet packet = nextUsable();
    if (packet == null) {
      if (holds) {
        held.lasting(Math.max(1, end - held.pts()));
        writeHeld();
      }
      return false;
    }
    if (!begun) {
      begun = true;
      if (packet.pts() <= mostLate) {
        packet.place(0, packet.dts() - packet.pts());
      }
    }
    if (holds) {
      long dts = Math.max(packet.dts(), held.dts() + 1);
      packet.place(Math.max(packet.pts(), dts), dts);
      writeHeld();
    }
    reached = packet.dts();
    held.take(packet);
    holds = true;
    return true;
  }

  /** Pictures before the first keyframe cannot be decoded, those past the end are not wanted. */
  private @Nullable Packet nextUsable() {
    for (Packet packet = track.next(); packet != null; packet = track.next()) {
      long pts = firstKnown(packet.pts(), packet.dts(), reached + 1);
      packet.place(pts, firstKnown(packet.dts(), pts));
      if ((begun || packet.isKeyframe()) && packet.pts() < end) {
        return packet;
      }
    }
    return null;
  }

  private void writeHeld() {
    target.write(held);
    holds = false;
  }

  private static long firstKnown(long... times) {
    return Arrays.stream(times).filter(time -> time != Packet.UNKNOWN).findFirst().orElseThrow();
  }

  @Override
  public void close() {
    held.close();
  }
}
