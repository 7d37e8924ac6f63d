package org.pagereel.recorder;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Where each stream is in a mixed video; pixels from the canvas's upper left corner.
 *
 * @param name ends the mixed video's user id: a template's number, or {@code custom}
 * @param background of the canvas, 0xRRGGBB
 * @param sound whether the mix has sound
 */
public record MixLayout(
    String name, int width, int height, int background, boolean sound, List<Place> places) {

  public MixLayout {
    places = List.copyOf(places);
  }

  /** The way in which a picture of another shape fills its rectangle. */
  public enum Fill {
    /** The whole picture, with bars of the background. */
    FIT,
    /** No bars: what sticks out is cut off. */
    CROP
  }

  /**
   * A rectangle.
   *
   * @param stream prefix of the id of the stream that belongs here; null for a spare place, which
   *     the next stream without a place of its own takes
   * @param exact {@code stream} is the whole id, not its beginning
   * @param zOrder larger lies on top
   * @param background behind a picture that does not fill it, 0xRRGGBB
   */
  public record Place(
      @Nullable String stream,
      boolean exact,
      int x,
      int y,
      int width,
      int height,
      int zOrder,
      int background,
      Fill fill) {

    /** One that is named by a prefix, or spare. */
    public static Place of(
        @Nullable String stream,
        int x,
        int y,
        int width,
        int height,
        int zOrder,
        int background,
        Fill fill) {
      return new Place(stream, false, x, y, width, height, zOrder, background, fill);
    }

    /** Whether a stream of this id belongs here by name. */
    public boolean names(String id) {
      return stream != null && (exact ? id.equals(stream) : id.startsWith(stream));
    }
  }
}
