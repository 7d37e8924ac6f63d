package org.pagereel.recorder.av;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import org.pagereel.recorder.PageSize;

/** One grabbed screen: rows of 4-byte BGR0 pixels without padding, in shared memory. */
public final class ScreenPicture implements AutoCloseable {
  public static final int PIXEL_BYTES = 4;

  /** The pixels that are looked at before all of them are: a prime, so they lie in no column. */
  private static final int SAMPLES = 251;

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

  /** Whether all of it has one colour. */
  public boolean isPlain() {
    int first = pixel(0);
    long count = pixels.byteSize() / PIXEL_BYTES;
    for (long sample = 1; sample < SAMPLES; sample++) {
      if (pixel(sample * count / SAMPLES) != first) {
        return false;
      }
    }
    long rest = pixels.byteSize() - PIXEL_BYTES;
    return pixels.asSlice(0, rest).mismatch(pixels.asSlice(PIXEL_BYTES, rest)) < 0;
  }

  private int pixel(long number) {
    return pixels.get(ValueLayout.JAVA_INT_UNALIGNED, number * PIXEL_BYTES);
  }

  @Override
  public void close() {
    packet.close();
  }
}
