package org.pagereel.recorder.screen;

import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static java.lang.foreign.ValueLayout.JAVA_SHORT;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
import org.pagereel.recorder.av.Area;
import org.pagereel.recorder.process.FileWait;
import org.pagereel.recorder.process.ForeignCall;

/**
 * Tells when and where the page painted, by the X server's DAMAGE extension; so a screen that rests
 * is not even looked at, and a frame's time is the moment it was painted.
 */
public final class ScreenWatch implements AutoCloseable {
  private static final byte REPORT_RAW_RECTANGLES = 0;
  private static final int EVENT_BYTES = 32;

  private final XConnection x;
  private final Xcb xcb;
  private final FileWait wait;
  private final int damageNotify;
  private final AtomicLong paints = new AtomicLong();

  public ScreenWatch(String display) {
    x = new XConnection(display);
    xcb = x.xcb;
    MemorySegment extension =
        XConnection.sized(ForeignCall.of(xcb.extensionData, x.connection, xcb.damageExtension), 12);
    damageNotify = Byte.toUnsignedInt(extension.get(JAVA_BYTE, 10));
    // The server ignores every DAMAGE request of a client that has not named its version.
    Object version = x.cookie(xcb.damageQueryVersion, x.connection, 1, 1);
    x.free(
        (MemorySegment)
            ForeignCall.of(xcb.damageQueryVersionReply, x.connection, version, MemorySegment.NULL));
    int damage = (int) ForeignCall.of(xcb.generateId, x.connection);
    x.cookie(xcb.damageCreate, x.connection, damage, x.root, REPORT_RAW_RECTANGLES);
    x.flush();
    wait = x.events();
  }

  /** Loads the X client's library, which the first watch needs. */
  public static void load() {
    try (Arena arena = Arena.ofConfined()) {
      var _ = new Xcb(arena);
    }
  }

  /**
   * The area painted since the last call; waits up to the given time for the first paint, null when
   * nothing was painted.
   */
  @Nullable Area painted(long waitMicros) {
    Area area = queued();
    if (area == null && waitMicros > 0) {
      int millis = (int) Math.max(1, waitMicros / 1000);
      if (wait.readable(millis)) {
        area = queued();
      }
    }
    return area;
  }

  private @Nullable Area queued() {
    Area area = null;
    while (true) {
      Object event = ForeignCall.of(xcb.pollForEvent, x.connection);
      if (((MemorySegment) event).address() == 0) {
        return area;
      }
      MemorySegment bytes = XConnection.sized(event, EVENT_BYTES);
      if ((bytes.get(JAVA_BYTE, 0) & 0x7F) == damageNotify) {
        paints.incrementAndGet();
        Area part = areaOf(bytes);
        area = area == null ? part : area.around(part);
      }
      x.free(bytes);
    }
  }

  /** The number of paints that were seen; of any thread. */
  public long paints() {
    return paints.get();
  }

  /** True once the server is gone; then {@link #painted} returns null at once, for ever. */
  boolean isBroken() {
    return (int) ForeignCall.of(xcb.connectionHasError, x.connection) != 0;
  }

  private static Area areaOf(MemorySegment damageEvent) {
    // xcb_damage_notify_event_t: the rectangle (x, y, width, height) begins at byte 16.
    return Area.of(
        damageEvent.get(JAVA_SHORT, 16),
        damageEvent.get(JAVA_SHORT, 18),
        Short.toUnsignedInt(damageEvent.get(JAVA_SHORT, 20)),
        Short.toUnsignedInt(damageEvent.get(JAVA_SHORT, 22)));
  }

  @Override
  public void close() {
    x.close();
  }
}
