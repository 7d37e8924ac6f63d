package org.pagereel.recorder.mix;

import static org.bytedeco.ffmpeg.global.avcodec.AV_PKT_FLAG_KEY;
import static org.bytedeco.ffmpeg.global.avcodec.av_packet_alloc;
import static org.bytedeco.ffmpeg.global.avcodec.av_packet_free;
import static org.bytedeco.ffmpeg.global.avcodec.av_packet_move_ref;

import org.bytedeco.ffmpeg.avcodec.AVPacket;
import org.bytedeco.ffmpeg.avformat.AVStream;
import org.jspecify.annotations.Nullable;

/**
 * A stream's pictures on their way into another file, as they are but for the last one's length.
 */
final class PictureCopy implements AutoCloseable {
  /** A first picture that comes within this time is shown from the beginning. */
  private static final long MAX_LATE_MICROS = 300_000;

  private final Track track;
  private final AVStream source;
  private final AVStream target;
  private final GrowingFile file;
  private final long end;
  private final long mostLate;

  /** The packet that is written when the next is known, for the last has to last to the end. */
  private final AVPacket held = Native.present(av_packet_alloc(), "Copying pictures");

  private boolean holds;
  private boolean begun;
  private long reached;

  PictureCopy(Track track, AVStream source, long lengthMicros, GrowingFile file) {
    this.track = track;
    this.source = source;
    this.file = file;
    end = ticks(lengthMicros);
    mostLate = ticks(MAX_LATE_MICROS);
    target = file.add(source);
  }

  long reached() {
    return Native.micros(reached, source.time_base());
  }

  /** Writes a packet; false when all are written. */
  boolean copyNext() {
    AVPacket packet = nextUsable();
    if (packet == null) {
      if (holds) {
        held.duration(Math.max(1, end - held.pts()));
        writeHeld();
      }
      return false;
    }
    if (!begun) {
      begun = true;
      if (packet.pts() <= mostLate) {
        packet.dts(packet.dts() - packet.pts());
        packet.pts(0);
      }
    }
    if (holds) {
      packet.dts(Math.max(packet.dts(), held.dts() + 1));
      packet.pts(Math.max(packet.pts(), packet.dts()));
      writeHeld();
    }
    reached = packet.dts();
    av_packet_move_ref(held, packet);
    holds = true;
    return true;
  }

  /** Pictures before the first keyframe cannot be decoded, those past the end are not wanted. */
  private @Nullable AVPacket nextUsable() {
    for (AVPacket packet = track.next(); packet != null; packet = track.next()) {
      if (packet.pts() == Native.UNKNOWN) {
        packet.pts(packet.dts() == Native.UNKNOWN ? reached + 1 : packet.dts());
      }
      if (packet.dts() == Native.UNKNOWN) {
        packet.dts(packet.pts());
      }
      boolean keyframe = (packet.flags() & AV_PKT_FLAG_KEY) != 0;
      if ((begun || keyframe) && packet.pts() < end) {
        return packet;
      }
    }
    return null;
  }

  private void writeHeld() {
    file.write(held, source.time_base(), target);
    holds = false;
  }

  private long ticks(long micros) {
    return Math.round(micros / 1e6 * source.time_base().den() / source.time_base().num());
  }

  @Override
  public void close() {
    av_packet_free(held);
  }
}
