package org.pagereel.recorder.media;

import static org.bytedeco.ffmpeg.global.avutil.AV_PIX_FMT_BGR0;
import static org.bytedeco.ffmpeg.global.avutil.AV_PIX_FMT_YUV420P;
import static org.bytedeco.ffmpeg.global.swscale.SWS_AREA;
import static org.bytedeco.ffmpeg.global.swscale.SWS_CS_DEFAULT;
import static org.bytedeco.ffmpeg.global.swscale.SWS_CS_ITU709;
import static org.bytedeco.ffmpeg.global.swscale.sws_freeContext;
import static org.bytedeco.ffmpeg.global.swscale.sws_getCoefficients;
import static org.bytedeco.ffmpeg.global.swscale.sws_getContext;
import static org.bytedeco.ffmpeg.global.swscale.sws_scale;
import static org.bytedeco.ffmpeg.global.swscale.sws_setColorspaceDetails;

import java.util.HashMap;
import java.util.Map;
import org.bytedeco.ffmpeg.avutil.AVFrame;
import org.bytedeco.ffmpeg.swscale.SwsContext;
import org.bytedeco.javacpp.DoublePointer;
import org.bytedeco.javacpp.IntPointer;
import org.bytedeco.javacpp.LongPointer;
import org.bytedeco.javacpp.PointerPointer;

/** Converts areas of a picture to the encoder's BT.709 limited-range 4:2:0, in place. */
final class PictureConverter implements AutoCloseable {
  private static final int MAX_CONTEXTS = 200;

  private final Map<Long, SwsContext> contexts = new HashMap<>();
  // Addresses, filled in as numbers: swscale takes arrays of pointers.
  private final LongPointer source = new LongPointer(4);
  private final LongPointer target = new LongPointer(4);
  private final PointerPointer<LongPointer> sources = new PointerPointer<>(source);
  private final PointerPointer<LongPointer> targets = new PointerPointer<>(target);
  private final IntPointer sourceStride = new IntPointer(4);
  private final IntPointer targetStride = new IntPointer(4);

  /** The area's edges must be even: two pixels share one colour sample. */
  void convert(Picture picture, Area area, AVFrame frame) {
    SwsContext context = context(area.width(), area.height());
    long offset = (long) area.top() * picture.stride() + (long) area.left() * Picture.PIXEL_BYTES;
    source.put(0, picture.pixels().address() + offset);
    sourceStride.put(0, picture.stride());
    for (int plane = 0; plane < 3; plane++) {
      int shift = plane == 0 ? 0 : 1;
      int stride = frame.linesize(plane);
      long start = (long) (area.top() >> shift) * stride + (area.left() >> shift);
      target.put(plane, frame.data(plane).address() + start);
      targetStride.put(plane, stride);
    }
    Av.check(
        sws_scale(context, sources, sourceStride, 0, area.height(), targets, targetStride),
        "Converting the picture");
  }

  private SwsContext context(int width, int height) {
    if (contexts.size() > MAX_CONTEXTS) {
      close();
    }
    return contexts.computeIfAbsent(((long) width << 32) | height, key -> open(width, height));
  }

  private static SwsContext open(int width, int height) {
    // Area averaging looks at just the two rows of a colour sample: no seam between areas.
    SwsContext context =
        Av.present(
            sws_getContext(
                width,
                height,
                AV_PIX_FMT_BGR0,
                width,
                height,
                AV_PIX_FMT_YUV420P,
                SWS_AREA,
                null,
                null,
                (DoublePointer) null),
            "Preparing the colour conversion");
    int one = 1 << 16;
    sws_setColorspaceDetails(
        context,
        sws_getCoefficients(SWS_CS_DEFAULT),
        1,
        sws_getCoefficients(SWS_CS_ITU709),
        0,
        0,
        one,
        one);
    return context;
  }

  @Override
  public void close() {
    contexts.values().forEach(context -> sws_freeContext(context));
    contexts.clear();
  }
}
