package org.pagereel.recorder.av;

import static org.bytedeco.ffmpeg.global.avutil.AVCOL_RANGE_JPEG;
import static org.bytedeco.ffmpeg.global.avutil.AVCOL_SPC_BT709;
import static org.bytedeco.ffmpeg.global.avutil.AVCOL_SPC_UNSPECIFIED;
import static org.bytedeco.ffmpeg.global.avutil.AV_FRAME_DATA_DISPLAYMATRIX;
import static org.bytedeco.ffmpeg.global.avutil.AV_PIX_FMT_YUV420P;
import static org.bytedeco.ffmpeg.global.avutil.AV_PIX_FMT_YUVJ411P;
import static org.bytedeco.ffmpeg.global.avutil.AV_PIX_FMT_YUVJ420P;
import static org.bytedeco.ffmpeg.global.avutil.AV_PIX_FMT_YUVJ422P;
import static org.bytedeco.ffmpeg.global.avutil.AV_PIX_FMT_YUVJ440P;
import static org.bytedeco.ffmpeg.global.avutil.AV_PIX_FMT_YUVJ444P;
import static org.bytedeco.ffmpeg.global.avutil.av_display_rotation_get;
import static org.bytedeco.ffmpeg.global.avutil.av_frame_get_side_data;

import java.util.Set;
import org.bytedeco.ffmpeg.avutil.AVFrame;
import org.bytedeco.ffmpeg.avutil.AVFrameSideData;
import org.bytedeco.ffmpeg.avutil.AVRational;
import org.bytedeco.javacpp.IntPointer;

/**
 * All that decides how a picture is converted; while it stays the same, so does the conversion.
 *
 * @param format FFmpeg's pixel format
 * @param matrix FFmpeg's number of the colour matrix
 * @param pixelAspect width of a pixel by its height
 * @param quarters turns clockwise to stand upright, 0 to 3
 */
public record PictureShape(
    int width,
    int height,
    int format,
    int matrix,
    boolean fullRange,
    double pixelAspect,
    int quarters) {
  /** Old names of formats that are the same in full range. */
  private static final Set<Integer> FULL_RANGE_FORMATS =
      Set.of(
          AV_PIX_FMT_YUVJ411P,
          AV_PIX_FMT_YUVJ420P,
          AV_PIX_FMT_YUVJ422P,
          AV_PIX_FMT_YUVJ440P,
          AV_PIX_FMT_YUVJ444P);

  static PictureShape of(AVFrame frame) {
    AVRational aspect = frame.sample_aspect_ratio();
    boolean known = aspect.num() > 0 && aspect.den() > 0;
    return new PictureShape(
        frame.width(),
        frame.height(),
        frame.format(),
        matrix(frame.colorspace()),
        frame.color_range() == AVCOL_RANGE_JPEG || FULL_RANGE_FORMATS.contains(frame.format()),
        known ? (double) aspect.num() / aspect.den() : 1,
        quarters(frame));
  }

  /** Whether it needs no conversion of its colours. */
  public boolean isPlain() {
    return format == AV_PIX_FMT_YUV420P && matrix == AVCOL_SPC_BT709 && !fullRange;
  }

  /** Whether it stands on its side. */
  public boolean lies() {
    return quarters % 2 == 1;
  }

  /**
   * What says nothing of its colours is taken for BT.709, whatever its size: all that we make is
   * BT.709, and a camera whose stream switches between a small and a large picture must not change
   * its hue, as it would with the common rule that small means BT.601.
   */
  private static int matrix(int tag) {
    return tag == AVCOL_SPC_UNSPECIFIED ? AVCOL_SPC_BT709 : tag;
  }

  private static int quarters(AVFrame frame) {
    AVFrameSideData side = av_frame_get_side_data(frame, AV_FRAME_DATA_DISPLAYMATRIX);
    if (side == null || side.isNull()) {
      return 0;
    }
    double counterclockwise = av_display_rotation_get(new IntPointer(side.data()));
    return Double.isNaN(counterclockwise)
        ? 0
        : Math.floorMod(Math.round(-counterclockwise / 90), 4);
  }
}
