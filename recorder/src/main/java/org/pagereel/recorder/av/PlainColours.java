package org.pagereel.recorder.av;

import static org.bytedeco.ffmpeg.global.avutil.AV_PIX_FMT_YUV420P;
import static org.bytedeco.ffmpeg.global.swscale.SWS_ACCURATE_RND;
import static org.bytedeco.ffmpeg.global.swscale.SWS_BILINEAR;
import static org.bytedeco.ffmpeg.global.swscale.sws_scale;

import org.bytedeco.ffmpeg.avutil.AVFrame;
import org.bytedeco.ffmpeg.swscale.SwsContext;

/** Converts pictures of one shape to 4:2:0 in BT.709, limited range, at their own size. */
public final class PlainColours implements AutoCloseable {
  private final SwsContext context;
  private final PictureBuffer converted;

  public PlainColours(PictureShape shape) {
    int width = shape.width();
    int height = shape.height();
    context =
        Swscale.open(
            new Swscale.Change(width, height, shape.format(), width, height, AV_PIX_FMT_YUV420P),
            SWS_BILINEAR | SWS_ACCURATE_RND);
    Swscale.toBt709(context, shape.matrix(), shape.fullRange());
    converted = new PictureBuffer(width, height);
  }

  /** Lent until the next call. */
  public Yuv convert(Frame picture) {
    AVFrame from = picture.raw();
    AVFrame to = converted.raw();
    Av.check(
        sws_scale(
            context, from.data(), from.linesize(), 0, from.height(), to.data(), to.linesize()),
        "Converting a picture's colours");
    return converted.picture();
  }

  @Override
  public void close() {
    converted.close();
    Swscale.close(context);
  }
}
