package org.pagereel.recorder.av;

import static org.bytedeco.ffmpeg.global.swscale.SWS_CS_ITU709;
import static org.bytedeco.ffmpeg.global.swscale.sws_freeContext;
import static org.bytedeco.ffmpeg.global.swscale.sws_getCoefficients;
import static org.bytedeco.ffmpeg.global.swscale.sws_getContext;
import static org.bytedeco.ffmpeg.global.swscale.sws_scale;
import static org.bytedeco.ffmpeg.global.swscale.sws_setColorspaceDetails;

import org.bytedeco.ffmpeg.swscale.SwsContext;
import org.bytedeco.javacpp.DoublePointer;
import org.bytedeco.javacpp.IntPointer;
import org.bytedeco.javacpp.LongPointer;
import org.bytedeco.javacpp.PointerPointer;

/** Conversions of pictures by swscale, which takes arrays of planes. */
final class Swscale {
  private static final int MAX_PLANES = 4;
  private static final int ONE = 1 << 16;

  // Addresses, filled in as numbers: swscale takes arrays of pointers.
  private final LongPointer source = new LongPointer(MAX_PLANES);
  private final LongPointer target = new LongPointer(MAX_PLANES);
  private final PointerPointer<LongPointer> sources = new PointerPointer<>(source);
  private final PointerPointer<LongPointer> targets = new PointerPointer<>(target);
  private final IntPointer sourceStride = new IntPointer(MAX_PLANES);
  private final IntPointer targetStride = new IntPointer(MAX_PLANES);

  /** Sizes and FFmpeg's numbers of pixel formats. */
  record Change(int fromWidth, int fromHeight, int fromFormat, int width, int height, int format) {}

  /** Opens a conversion; {@link #close} frees it. */
  static SwsContext open(Change change, int flags) {
    return Av.present(
        sws_getContext(
            change.fromWidth,
            change.fromHeight,
            change.fromFormat,
            change.width,
            change.height,
            change.format,
            flags,
            null,
            null,
            (DoublePointer) null),
        "Preparing to convert pictures");
  }

  /**
   * Makes it convert to BT.709, limited range.
   *
   * @param matrix FFmpeg's number of the source's colour matrix
   */
  static void toBt709(SwsContext context, int matrix, boolean fullRange) {
    // Not checked: it answers -1 for RGB and grey pictures, which have no matrix.
    var _ =
        sws_setColorspaceDetails(
            context,
            sws_getCoefficients(matrix),
            fullRange ? 1 : 0,
            sws_getCoefficients(SWS_CS_ITU709),
            0,
            0,
            ONE,
            ONE);
  }

  static void close(SwsContext context) {
    sws_freeContext(context);
  }

  void from(int plane, long address, int stride) {
    source.put(plane, address);
    sourceStride.put(plane, stride);
  }

  void to(int plane, long address, int stride) {
    target.put(plane, address);
    targetStride.put(plane, stride);
  }

  /** Converts from the planes to the planes. */
  void convert(SwsContext context, int rows) {
    Av.check(
        sws_scale(context, sources, sourceStride, 0, rows, targets, targetStride),
        "Converting a picture");
  }
}
