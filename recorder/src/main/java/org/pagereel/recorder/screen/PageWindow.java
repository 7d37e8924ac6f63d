package org.pagereel.recorder.screen;

import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_SHORT;

import java.lang.foreign.MemorySegment;
import org.pagereel.recorder.FailureCategory;
import org.pagereel.recorder.PageSize;
import org.pagereel.recorder.RecordingFailure;
import org.pagereel.recorder.process.ForeignCall;

/**
 * Makes the browser's window exactly as large as the screen.
 *
 * <p>Chromium makes a window that would cover the whole display one pixel smaller, for window
 * managers that take such a window for full screen, and keeps kiosk windows at least 500 pixels
 * wide. There is no window manager here; resized from outside, Chromium follows.
 */
public final class PageWindow {
  /** {@code XCB_CONFIG_WINDOW_X | Y | WIDTH | HEIGHT}. */
  private static final short GEOMETRY_MASK = 1 | 2 | 4 | 8;

  private static final byte EXPOSE = 12;
  private static final int EXPOSURE_MASK = 1 << 15;

  /** Chromium's helper windows (clipboard, drag and drop) are a few pixels large. */
  private static final int SMALLEST_PAGE = 200;

  private PageWindow() {}

  /** Resizes; false when no browser window is there yet. */
  public static boolean fit(String display, PageSize size) {
    try (XConnection x = new XConnection(display)) {
      boolean found = false;
      for (int window : children(x)) {
        if (isPage(x, window)) {
          configure(x, window, size);
          found = true;
        }
      }
      parkPointer(x, size);
      children(x);
      return found;
    }
  }

  /**
   * Lets the browser draw its first pixel again, as if something had covered it: a paint that
   * changes nothing.
   */
  static void expose(XConnection x) {
    for (int window : children(x)) {
      if (isPage(x, window)) {
        // xcb_expose_event_t: the window at byte 4, x and y at 8, width and height at 12.
        MemorySegment event = x.allocate(32);
        event.set(JAVA_BYTE, 0, EXPOSE);
        event.set(JAVA_INT, 4, window);
        event.set(JAVA_SHORT, 12, (short) 1);
        event.set(JAVA_SHORT, 14, (short) 1);
        x.cookie(x.xcb.sendEvent, x.connection, (byte) 0, window, EXPOSURE_MASK, event);
      }
    }
    x.flush();
  }

  /** The windows on the screen; the server has done all before it when it answers. */
  static int[] children(XConnection x) {
    Object cookie = x.cookie(x.xcb.queryTree, x.connection, x.root);
    Object reply = ForeignCall.of(x.xcb.queryTreeReply, x.connection, cookie, MemorySegment.NULL);
    if (((MemorySegment) reply).address() == 0) {
      throw new RecordingFailure(FailureCategory.INTERNAL, "The screen (Xvfb) is gone");
    }
    MemorySegment head = XConnection.sized(reply, 32);
    int count = Short.toUnsignedInt(head.get(JAVA_SHORT, 16));
    int[] windows = XConnection.sized(reply, 32 + 4L * count).asSlice(32).toArray(JAVA_INT);
    x.free(head);
    return windows;
  }

  private static boolean isPage(XConnection x, int window) {
    Object cookie = x.cookie(x.xcb.getGeometry, x.connection, window);
    Object reply = ForeignCall.of(x.xcb.getGeometryReply, x.connection, cookie, MemorySegment.NULL);
    if (((MemorySegment) reply).address() == 0) {
      return false; // closed meanwhile
    }
    MemorySegment geometry = XConnection.sized(reply, 24);
    int width = Short.toUnsignedInt(geometry.get(JAVA_SHORT, 16));
    int height = Short.toUnsignedInt(geometry.get(JAVA_SHORT, 18));
    x.free(geometry);
    return width >= SMALLEST_PAGE && height >= SMALLEST_PAGE;
  }

  private static void configure(XConnection x, int window, PageSize size) {
    MemorySegment values = x.allocate(16);
    values.set(JAVA_INT, 8, size.width());
    values.set(JAVA_INT, 12, size.height());
    x.cookie(x.xcb.configureWindow, x.connection, window, GEOMETRY_MASK, values);
  }

  /** Out of the way, so that nothing on the page looks hovered over. */
  private static void parkPointer(XConnection x, PageSize size) {
    short right = (short) (size.width() - 1);
    short bottom = (short) (size.height() - 1);
    short zero = 0;
    x.cookie(x.xcb.warpPointer, x.connection, 0, x.root, zero, zero, zero, zero, right, bottom);
  }
}
