package org.pagereel.recorder.av;

import static org.bytedeco.ffmpeg.global.avutil.AV_PIX_FMT_BGR0;
import static org.bytedeco.ffmpeg.global.avutil.AV_PIX_FMT_YUV420P;
import static org.bytedeco.ffmpeg.global.swscale.SWS_AREA;
import static org.bytedeco.ffmpeg.global.swscale.SWS_CS_DEFAULT;

import java.util.HashMap;
import java.util.Map;
import org.bytedeco.ffmpeg.swscale.SwsContext;

/** Converts areas of a grabbed picture to the encoder's BT.709 limited-range 4:2:0, in place. */
public final class PictureConverter implements AutoCloseable {
  private static final int MAX_CONTEXTS = 200;

  private final Map<Long, SwsContext> contexts = new HashMap<>();
  private final Swscale scale = new Swscale();

  /** The area's edges must be even: two pixels share one colour sample. */
  public void convert(ScreenPicture from, Area area, Yuv to) {
    long offset =
        (long) area.top() * from.stride() + (long) area.left() * ScreenPicture.PIXEL_BYTES;
    scale.from(0, from.pixels().address() + offset, from.stride());
    target(0, to.y(), area.left(), area.top());
    target(1, to.u(), area.left() >> 1, area.top() >> 1);
    target(2, to.v(), area.left() >> 1, area.top() >> 1);
    scale.convert(context(area.width(), area.height()), area.height());
  }

  private void target(int plane, Plane to, int left, int top) {
    scale.to(plane, to.pixels().address() + (long) top * to.stride() + left, to.stride());
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
        Swscale.open(
            new Swscale.Change(width, height, AV_PIX_FMT_BGR0, width, height, AV_PIX_FMT_YUV420P),
            SWS_AREA);
    Swscale.toBt709(context, SWS_CS_DEFAULT, true);
    return context;
  }

  @Override
  public void close() {
    contexts.values().forEach(Swscale::close);
    contexts.clear();
  }
}
