package org.pagereel.recorder.mix;

import static org.bytedeco.ffmpeg.global.avutil.AV_PIX_FMT_YUV420P;
import static org.bytedeco.ffmpeg.global.avutil.av_frame_alloc;
import static org.bytedeco.ffmpeg.global.avutil.av_frame_free;
import static org.bytedeco.ffmpeg.global.avutil.av_frame_get_buffer;
import static org.bytedeco.ffmpeg.global.swscale.SWS_ACCURATE_RND;
import static org.bytedeco.ffmpeg.global.swscale.SWS_BILINEAR;
import static org.bytedeco.ffmpeg.global.swscale.SWS_CS_ITU709;
import static org.bytedeco.ffmpeg.global.swscale.sws_freeContext;
import static org.bytedeco.ffmpeg.global.swscale.sws_getCoefficients;
import static org.bytedeco.ffmpeg.global.swscale.sws_getContext;
import static org.bytedeco.ffmpeg.global.swscale.sws_scale;
import static org.bytedeco.ffmpeg.global.swscale.sws_setColorspaceDetails;

import org.bytedeco.ffmpeg.avutil.AVFrame;
import org.bytedeco.ffmpeg.swscale.SwsContext;
import org.bytedeco.javacpp.DoublePointer;
import org.pagereel.recorder.media.Av;

/** Converts pictures of one shape to 4:2:0 in BT.709, limited range, at their own size. */
final class PlainColours implements AutoCloseable {
  private static final String STEP = "Converting a picture's colours";

  private final SwsContext context;
  private final AVFrame converted = Native.present(av_frame_alloc(), STEP);

  PlainColours(PictureShape shape) {
    int width = shape.width();
    int height = shape.height();
    context =
        Native.present(
            sws_getContext(
                width,
                height,
                shape.format(),
                width,
                height,
                AV_PIX_FMT_YUV420P,
                SWS_BILINEAR | SWS_ACCURATE_RND,
                null,
                null,
                (DoublePointer) null),
            STEP);
    int one = 1 << 16;
    // Not checked: it answers -1 for RGB and grey pictures, which have no matrix.
    var _ =
        sws_setColorspaceDetails(
            context,
            sws_getCoefficients(shape.matrix()),
            shape.fullRange() ? 1 : 0,
            sws_getCoefficients(SWS_CS_ITU709),
            0,
            0,
            one,
            one);
    converted.width(width);
    converted.height(height);
    converted.format(AV_PIX_FMT_YUV420P);
    Av.check(av_frame_get_buffer(converted, 64), STEP);
  }

  /** Lent until the next call. */
  Yuv convert(AVFrame frame) {
    Av.check(
        sws_scale(
            context,
            frame.data(),
            frame.linesize(),
            0,
            frame.height(),
            converted.data(),
            converted.linesize()),
        STEP);
    return Yuv.of(converted);
  }

  @Override
  public void close() {
    av_frame_free(converted);
    sws_freeContext(context);
  }
}
