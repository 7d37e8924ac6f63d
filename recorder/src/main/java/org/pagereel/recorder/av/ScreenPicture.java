package org.pagereel.recorder.av;

import java.lang.foreign.MemorySegment;
import org.pagereel.recorder.PageSize;

/** One grabbed screen: rows of 4-byte BGR0 pixels without padding, in shared memory. */
public final class ScreenPicture implements AutoCloseable {
  public static final int PIXEL_BYTES = 4;

  private final Packet packet;
  private final PageSize size;
  private final MemorySegment pixels;

  ScreenPicture(Packet packet, PageSize size) {
    this.packet = packet;
    this.size = size;
    this.pixels =
        MemorySegment.ofAddress(packet.raw().data().address()).reinterpret(packet.raw().size());
  }

  public PageSize size() {
    return size;
  }

  public MemorySegment pixels() {
    return pixels;
  }

  /** Bytes from a row to the next. */
  public int stride() {
    return size.width() * PIXEL_BYTES;
  }

  @Override
  public void close() {
    packet.close();
  }
}
