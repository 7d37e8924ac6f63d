package org.pagereel.recorder.av;

import static org.bytedeco.ffmpeg.global.avutil.AV_PIX_FMT_GRAY8;
import static org.bytedeco.ffmpeg.global.swscale.SWS_BICUBIC;
import static org.bytedeco.ffmpeg.global.swscale.SWS_BILINEAR;

import org.bytedeco.ffmpeg.swscale.SwsContext;
import org.jspecify.annotations.Nullable;

/** Scales planes of one size to another. */
public final class PlaneConversion implements AutoCloseable {
  /** A plane that is as wide may be a board's or a screen's: 960 pixels, or colours of 1920. */
  private static final int WIDTH_OF_WRITING = 960;

  private final @Nullable SwsContext context;
  private final Swscale scale = new Swscale();

  public PlaneConversion(int fromWidth, int fromHeight, int width, int height) {
    if (fromWidth == width && fromHeight == height) {
      context = null;
      return;
    }
    // Cubic interpolation keeps writing on a board or screen sharper; a camera is not worth it.
    boolean writing = fromWidth >= WIDTH_OF_WRITING && (width < fromWidth || height < fromHeight);
    context =
        Swscale.open(
            new Swscale.Change(
                fromWidth, fromHeight, AV_PIX_FMT_GRAY8, width, height, AV_PIX_FMT_GRAY8),
            writing ? SWS_BICUBIC : SWS_BILINEAR);
  }

  public void scale(Plane from, Plane to) {
    if (context == null) {
      to.put(from, 0, 0);
      return;
    }
    scale.from(0, from.pixels().address(), from.stride());
    scale.to(0, to.pixels().address(), to.stride());
    scale.convert(context, from.height());
  }

  @Override
  public void close() {
    if (context != null) {
      Swscale.close(context);
    }
  }
}
