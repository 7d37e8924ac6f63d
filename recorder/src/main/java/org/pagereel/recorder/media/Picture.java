package org.pagereel.recorder.media;

import static org.bytedeco.ffmpeg.global.avcodec.av_packet_free;

import java.lang.foreign.MemorySegment;
import org.bytedeco.ffmpeg.avcodec.AVPacket;
import org.pagereel.recorder.PageSize;

/** One grabbed screen: rows of 4-byte BGR0 pixels without padding, in shared memory. */
final class Picture implements AutoCloseable {
  static final int PIXEL_BYTES = 4;

  private final AVPacket packet;
  private final PageSize size;
  private final MemorySegment pixels;

  Picture(AVPacket packet, PageSize size) {
    this.packet = packet;
    this.size = size;
    this.pixels = MemorySegment.ofAddress(packet.data().address()).reinterpret(packet.size());
  }

  PageSize size() {
    return size;
  }

  MemorySegment pixels() {
    return pixels;
  }

  int stride() {
    return size.width() * PIXEL_BYTES;
  }

  @Override
  public void close() {
    av_packet_free(packet);
  }
}
