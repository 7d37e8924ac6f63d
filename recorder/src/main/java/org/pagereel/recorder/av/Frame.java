package org.pagereel.recorder.av;

import static org.bytedeco.ffmpeg.global.avutil.av_frame_alloc;
import static org.bytedeco.ffmpeg.global.avutil.av_frame_free;
import static org.bytedeco.ffmpeg.global.avutil.av_frame_move_ref;
import static org.bytedeco.ffmpeg.global.avutil.av_frame_unref;

import org.bytedeco.ffmpeg.avutil.AVFrame;

/** A decoded picture, or some decoded sound. */
public final class Frame implements AutoCloseable {
  private final AVFrame frame = Av.present(av_frame_alloc(), "Making room for a picture");

  AVFrame raw() {
    return frame;
  }

  /** Takes the content of the other one, which is empty then. */
  public void take(Frame other) {
    av_frame_unref(frame);
    av_frame_move_ref(frame, other.frame);
  }

  /** Its picture, if it is plain ({@link PictureShape#isPlain}). */
  public Yuv picture() {
    return Yuv.of(frame);
  }

  public PictureShape shape() {
    return PictureShape.of(frame);
  }

  @Override
  public void close() {
    av_frame_free(frame);
  }
}
