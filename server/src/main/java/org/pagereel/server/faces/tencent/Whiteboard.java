package org.pagereel.server.faces.tencent;

import org.pagereel.recorder.PageSize;
import org.pagereel.recorder.wire.Json;
import tools.jackson.core.JacksonException;

/**
 * The whiteboard's video (docs/vendors/tencent.md, "Whiteboard").
 *
 * @param width even, as is {@code height}: what H.264 can do
 * @param initParam JSON for the whiteboard in the page; empty when absent
 */
record Whiteboard(int width, int height, String initParam) {
  static Whiteboard of(Fields body) {
    return body.object("Whiteboard").map(Whiteboard::read).orElse(new Whiteboard(1280, 960, ""));
  }

  private static Whiteboard read(Fields board) {
    int width = even(board, "Width", 1280, 320, 1920);
    int height = even(board, "Height", 960, 240, 1920);
    if (!PageSize.isSmallEnough(width, height)) {
      throw board.wrong(
          "Height",
          "with a Width of %d at most as many pixels as 1920 x 1080 has, which is what this recorder can do"
              .formatted(width));
    }
    String initParam = board.text("InitParam", "", 4096);
    if (!initParam.isEmpty() && !isObject(initParam)) {
      throw board.wrong("InitParam", "a JSON object as a string, such as {\"ratio\":\"16:9\"}");
    }
    board.nothingElse();
    return new Whiteboard(width, height, initParam);
  }

  /** The vendor allows 2 and more; what this recorder cannot do is refused and not guessed at. */
  private static int even(Fields board, String name, int otherwise, int min, int max) {
    int size = (int) board.number(name, otherwise, 2, 100_000) & ~1;
    if (size < min || size > max) {
      throw board.wrong(
          name, "%d to %d pixels, which is what this recorder can do".formatted(min, max));
    }
    return size;
  }

  private static boolean isObject(String text) {
    try {
      return Json.LINES.readTree(text).isObject();
    } catch (JacksonException e) {
      return false;
    }
  }
}
