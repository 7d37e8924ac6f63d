package org.pagereel.recorder.screen;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_INT;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.SegmentAllocator;
import org.pagereel.recorder.FailureCategory;
import org.pagereel.recorder.RecordingFailure;
import org.pagereel.recorder.process.FileWait;
import org.pagereel.recorder.process.ForeignCall;

/** A connection to the recording's X server, for one thread. */
final class XConnection implements AutoCloseable {
  private final Arena arena = Arena.ofShared();
  final Xcb xcb = new Xcb(arena);
  final MemorySegment connection;
  private final MemorySegment scratch = arena.allocate(64, 8);
  private final MemorySegment cookie = arena.allocate(4, 4);

  /** The window id of the whole screen. */
  final int root;

  XConnection(String display) {
    connection =
        (MemorySegment)
            ForeignCall.of(xcb.connect, arena.allocateFrom(display), MemorySegment.NULL);
    if ((int) ForeignCall.of(xcb.connectionHasError, connection) != 0) {
      throw new RecordingFailure(
          FailureCategory.INTERNAL, "Cannot open the screen " + display + " as an X client");
    }
    MemorySegment setup = (MemorySegment) ForeignCall.of(xcb.setup, connection);
    MemorySegment roots = (MemorySegment) ForeignCall.of(xcb.rootsIterator, arena, setup);
    // xcb_screen_iterator_t begins with the pointer to xcb_screen_t, which begins with its root.
    root = roots.get(ADDRESS, 0).reinterpret(4).get(JAVA_INT, 0);
  }

  /** Waits for what the server sends. */
  FileWait events() {
    return new FileWait(arena, (int) ForeignCall.of(xcb.fileDescriptor, connection));
  }

  /** Zeroed memory for what a call is given; lent until the next one. */
  MemorySegment allocate(long bytes) {
    return scratch.asSlice(0, bytes).fill((byte) 0);
  }

  /** The memory of a reply or event, {@code bytes} long, freed by {@link #free}. */
  static MemorySegment sized(Object pointer, long bytes) {
    return ((MemorySegment) pointer).reinterpret(bytes);
  }

  /** What a request is known by, to be given to its reply at once: lent until the next call. */
  Object cookie(Object... call) {
    java.lang.invoke.MethodHandle handle = (java.lang.invoke.MethodHandle) call[0];
    SegmentAllocator lent = (bytes, alignment) -> cookie;
    call[0] = lent;
    return ForeignCall.of(handle, call);
  }

  void free(MemorySegment reply) {
    ForeignCall.of(xcb.free, reply);
  }

  void flush() {
    ForeignCall.of(xcb.flush, connection);
  }

  @Override
  public void close() {
    ForeignCall.of(xcb.disconnect, connection);
    arena.close();
  }
}
