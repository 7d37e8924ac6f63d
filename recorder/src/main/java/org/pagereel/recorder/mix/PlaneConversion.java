package org.pagereel.recorder.mix;

import static org.bytedeco.ffmpeg.global.avutil.AV_PIX_FMT_GRAY8;
import static org.bytedeco.ffmpeg.global.swscale.SWS_BICUBIC;
import static org.bytedeco.ffmpeg.global.swscale.SWS_BILINEAR;
import static org.bytedeco.ffmpeg.global.swscale.sws_freeContext;
import static org.bytedeco.ffmpeg.global.swscale.sws_getContext;
import static org.bytedeco.ffmpeg.global.swscale.sws_scale;

import org.bytedeco.ffmpeg.swscale.SwsContext;
import org.bytedeco.javacpp.DoublePointer;
import org.bytedeco.javacpp.IntPointer;
import org.bytedeco.javacpp.LongPointer;
import org.bytedeco.javacpp.PointerPointer;
import org.jspecify.annotations.Nullable;
import org.pagereel.recorder.media.Av;

/** Scales planes of one size to another by swscale. */
final class PlaneConversion implements AutoCloseable {
  /** A plane that is as wide may be a board's or a screen's: 960 pixels, or colours of 1920. */
  private static final int WIDTH_OF_WRITING = 960;

  private final @Nullable SwsContext context;
  // Addresses, filled in as numbers: swscale takes arrays of pointers.
  private final LongPointer source = new LongPointer(4);
  private final LongPointer target = new LongPointer(4);
  private final PointerPointer<LongPointer> sources = new PointerPointer<>(source);
  private final PointerPointer<LongPointer> targets = new PointerPointer<>(target);
  private final IntPointer sourceStride = new IntPointer(4);
  private final IntPointer targetStride = new IntPointer(4);

  PlaneConversion(int fromWidth, int fromHeight, int width, int height) {
    if (fromWidth == width && fromHeight == height) {
      context = null;
      return;
    }
    // Cubic interpolation keeps writing on a board or screen sharper; a camera is not worth it.
    boolean writing = fromWidth >= WIDTH_OF_WRITING && (width < fromWidth || height < fromHeight);
    context =
        Native.present(
            sws_getContext(
                fromWidth,
                fromHeight,
                AV_PIX_FMT_GRAY8,
                width,
                height,
                AV_PIX_FMT_GRAY8,
                writing ? SWS_BICUBIC : SWS_BILINEAR,
                null,
                null,
                (DoublePointer) null),
            "Preparing to scale pictures");
  }

  void scale(Plane from, Plane to) {
    if (context == null) {
      to.put(from, 0, 0);
      return;
    }
    source.put(0, from.pixels().address());
    sourceStride.put(0, from.stride());
    target.put(0, to.pixels().address());
    targetStride.put(0, to.stride());
    Av.check(
        sws_scale(context, sources, sourceStride, 0, from.height(), targets, targetStride),
        "Scaling a picture");
  }

  @Override
  public void close() {
    if (context != null) {
      sws_freeContext(context);
    }
  }
}
