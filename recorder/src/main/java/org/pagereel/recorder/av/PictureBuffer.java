package org.pagereel.recorder.av;

import static org.bytedeco.ffmpeg.global.avutil.AV_PIX_FMT_YUV420P;
import static org.bytedeco.ffmpeg.global.avutil.av_frame_alloc;
import static org.bytedeco.ffmpeg.global.avutil.av_frame_free;
import static org.bytedeco.ffmpeg.global.avutil.av_frame_get_buffer;

import org.bytedeco.ffmpeg.avutil.AVFrame;

/** One plain picture in FFmpeg's memory, which is drawn over again and again. */
final class PictureBuffer implements AutoCloseable {
  private static final String STEP = "Making room for a picture";

  /** Bytes, for the vector instructions of a processor. */
  private static final int ALIGNMENT = 64;

  private final AVFrame frame = Av.present(av_frame_alloc(), STEP);
  private final Yuv picture;

  PictureBuffer(int width, int height) {
    frame.width(width);
    frame.height(height);
    frame.format(AV_PIX_FMT_YUV420P);
    Av.check(av_frame_get_buffer(frame, ALIGNMENT), STEP);
    picture = Yuv.of(frame);
  }

  AVFrame raw() {
    return frame;
  }

  Yuv picture() {
    return picture;
  }

  @Override
  public void close() {
    av_frame_free(frame);
  }
}
