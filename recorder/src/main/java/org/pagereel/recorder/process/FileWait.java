package org.pagereel.recorder.process;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;
import static java.lang.foreign.ValueLayout.JAVA_SHORT;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.invoke.MethodHandle;

/** Waits for an open file of the system (poll(2)), such as a pipe or a socket. */
public final class FileWait {
  private static final short POLL_IN = 1;
  private static final long POLLFD_BYTES = 8;
  private static final MethodHandle POLL =
      Linker.nativeLinker()
          .downcallHandle(
              Linker.nativeLinker().defaultLookup().findOrThrow("poll"),
              FunctionDescriptor.of(JAVA_INT, ADDRESS, JAVA_LONG, JAVA_INT));

  private final MemorySegment file;

  /**
   * Prepares it.
   *
   * @param arena of the memory that it needs
   * @param descriptor number of the open file
   */
  public FileWait(Arena arena, int descriptor) {
    file = arena.allocate(POLLFD_BYTES, JAVA_INT.byteAlignment());
    file.set(JAVA_INT, 0, descriptor);
    file.set(JAVA_SHORT, Integer.BYTES, POLL_IN);
  }

  /**
   * Waits until something can be read, or nobody writes any more; false if that did not come in
   * time, or a signal interrupted it.
   */
  public boolean readable(int millis) {
    return (int) ForeignCall.of(POLL, file, 1L, millis) > 0;
  }
}
