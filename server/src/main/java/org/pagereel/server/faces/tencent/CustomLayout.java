package org.pagereel.server.faces.tencent;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.pagereel.recorder.MixLayout;
import org.pagereel.recorder.MixLayout.Fill;
import org.pagereel.recorder.MixLayout.Place;

/** A layout of the caller's own (docs/vendors/tencent.md, "CustomLayout"). */
final class CustomLayout {
  private static final int LARGEST = 3000;

  private CustomLayout() {}

  /**
   * Reads the layout; empty if no stream has a place: then nothing is mixed.
   *
   * @throws TiwError names the place that is wrong by its index
   */
  static Optional<MixLayout> of(Fields custom, boolean sound) {
    Fields canvas = custom.requiredObject("Canvas");
    Rectangle size = Rectangle.of(canvas.requiredObject("LayoutParams"));
    int background = colour(canvas);
    canvas.nothingElse();
    if (!custom.has("InputStreamList")) {
      throw TiwCode.MISSING_PARAMETER.error(
          "The parameter MixStream.Custom.InputStreamList is missing");
    }
    List<Place> places = new ArrayList<>();
    for (Fields stream : custom.objects("InputStreamList")) {
      places.add(place(stream, size));
    }
    custom.nothingElse();
    return places.isEmpty()
        ? Optional.empty()
        : Optional.of(
            new MixLayout(
                "custom", even(size.width()), even(size.height()), background, sound, places));
  }

  private static Place place(Fields stream, Rectangle canvas) {
    Rectangle area = Rectangle.of(stream.requiredObject("LayoutParams"));
    if (area.x() + area.width() > canvas.width() || area.y() + area.height() > canvas.height()) {
      throw stream.wrong(
          "LayoutParams", "within the canvas of %dx%d".formatted(canvas.width(), canvas.height()));
    }
    String id = stream.text("InputStreamId", "", 128);
    Fill fill = stream.number("FillMode", 0, 0, 1) == 0 ? Fill.FIT : Fill.CROP;
    int background = colour(stream);
    stream.nothingElse();
    return Place.of(
        id.isEmpty() ? null : id,
        area.x(),
        area.y(),
        Math.min(area.width(), even(canvas.width()) - area.x()),
        Math.min(area.height(), even(canvas.height()) - area.y()),
        area.zOrder(),
        background,
        fill);
  }

  /** H.264 wants even sizes: an odd canvas is a pixel smaller, and so is what lies at its edge. */
  private static int even(int size) {
    return size & ~1;
  }

  private static int colour(Fields fields) {
    String text = fields.text("BackgroundColor", "#000000", 100);
    if (!text.matches("#[0-9a-fA-F]{6}")) {
      throw fields.wrong("BackgroundColor", "#RRGGBB");
    }
    return Integer.parseInt(text.substring(1), 16);
  }

  /** LayoutParams. */
  private record Rectangle(int x, int y, int width, int height, int zOrder) {
    static Rectangle of(Fields params) {
      Rectangle read =
          new Rectangle(
              (int) params.number("X", 0, 0, LARGEST),
              (int) params.number("Y", 0, 0, LARGEST),
              (int) params.requiredNumber("Width", 2, LARGEST),
              (int) params.requiredNumber("Height", 2, LARGEST),
              (int) params.number("ZOrder", 0, -LARGEST, LARGEST));
      params.nothingElse();
      return read;
    }
  }
}
