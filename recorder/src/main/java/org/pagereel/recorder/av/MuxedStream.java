package org.pagereel.recorder.av;

import static org.bytedeco.ffmpeg.global.avformat.av_interleaved_write_frame;
import static org.bytedeco.ffmpeg.global.avformat.av_write_frame;

import org.bytedeco.ffmpeg.avcodec.AVPacket;
import org.bytedeco.ffmpeg.avformat.AVStream;

/** One of the streams of a {@link Muxer}. It changes no packet that it is given. */
public final class MuxedStream {
  private final Muxer muxer;
  private final AVStream stream;
  private final TimeBase unit;

  MuxedStream(Muxer muxer, AVStream stream, TimeBase unit) {
    this.muxer = muxer;
    this.stream = stream;
    this.unit = unit;
  }

  /** Writes a packet at once, with this number of microseconds added to its times. */
  public void write(Packet packet, long shiftMicros) {
    AVPacket placed = placed(packet, shiftMicros);
    muxer.check(av_write_frame(muxer.raw(), placed));
  }

  /** Writes a packet when the other streams have come as far: it waits in memory until then. */
  public void interleave(Packet packet, long shiftMicros) {
    AVPacket placed = placed(packet, shiftMicros);
    muxer.check(av_interleaved_write_frame(muxer.raw(), placed));
  }

  private AVPacket placed(Packet packet, long shiftMicros) {
    AVPacket written = muxer.share(packet);
    TimeBase own = TimeBase.of(stream.time_base());
    long shift = own.units(shiftMicros);
    written.pts(moved(written.pts(), own, shift));
    written.dts(moved(written.dts(), own, shift));
    written.duration(unit.to(own, written.duration()));
    written.pos(-1);
    written.stream_index(stream.index());
    return written;
  }

  private long moved(long time, TimeBase own, long shift) {
    return time == Packet.UNKNOWN ? time : unit.to(own, time) + shift;
  }
}
