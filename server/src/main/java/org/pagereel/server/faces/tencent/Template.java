package org.pagereel.server.faces.tencent;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.pagereel.recorder.MixLayout;
import org.pagereel.recorder.MixLayout.Fill;
import org.pagereel.recorder.MixLayout.Place;

/**
 * The vendor's two ready layouts (docs/vendors/tencent.md, "Real-time layouts"): a whiteboard of
 * 1280x960, over it the screen that somebody shares, and four small pictures of 320x240.
 *
 * <p>Of the first one the vendor documents the canvas in words and the rest in a picture that is
 * gone; one row of four above the board is what fits its 1320x1224 exactly.
 */
final class Template {
  private static final int BACKGROUND = 0x34363B;
  private static final int BLACK = 0;
  private static final int SMALL = 4;

  private Template() {}

  /**
   * A layout.
   *
   * @param model 1 or 2
   * @param teacher the user whose stream is in the first small picture; null for none
   */
  static MixLayout of(int model, @Nullable String teacher, boolean sound) {
    List<Place> places = new ArrayList<>();
    int boardX = model == 1 ? 20 : 8;
    int boardY = model == 1 ? 256 : 8;
    places.add(place(TicNames.STREAMS.whiteboard(), boardX, boardY, 1280, 960, 1));
    places.add(place(TicNames.ANY_SCREEN, boardX, boardY, 1280, 960, 2));
    for (int i = 0; i < SMALL; i++) {
      int x = model == 1 ? 8 + 328 * i : 1296;
      int y = model == 1 ? 8 : 8 + 248 * i;
      String owner = i == 0 ? teacher : null;
      places.add(new Place(owner, owner != null, x, y, 320, 240, 3, BLACK, Fill.FIT));
    }
    int width = model == 1 ? 1320 : 1624;
    int height = model == 1 ? 1224 : 1000;
    return new MixLayout(String.valueOf(model), width, height, BACKGROUND, sound, places);
  }

  private static Place place(
      @Nullable String stream, int x, int y, int width, int height, int zOrder) {
    return Place.of(stream, x, y, width, height, zOrder, BLACK, Fill.FIT);
  }
}
