package org.pagereel.recorder.process;

import static java.lang.foreign.ValueLayout.JAVA_INT;

import java.io.IOException;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.invoke.MethodHandle;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;

/**
 * Lets recordings that run go before those that are being set up: a browser that starts takes all
 * processors for some seconds, and pictures of the others would be late.
 *
 * <p>The system allows it to root (CAP_SYS_NICE); elsewhere nothing happens. Threads and processes
 * that are made later have the priority of whoever makes them.
 */
public final class RunningFirst {
  /** Three times the share of a usual one. */
  private static final int NICE = -5;

  /** Less than half the share of a usual one. */
  private static final int BEHIND = 4;

  /**
   * Where Linux shares processors between sessions first, and between the threads of one then; this
   * process leads a session of its own.
   */
  private static final Path SESSION = Path.of("/proc/self/autogroup");

  /** {@code PRIO_PROCESS}, which on Linux means one thread. */
  private static final int THREAD = 0;

  private static final MethodHandle SET =
      Linker.nativeLinker()
          .downcallHandle(
              Linker.nativeLinker().defaultLookup().findOrThrow("setpriority"),
              FunctionDescriptor.of(JAVA_INT, JAVA_INT, JAVA_INT, JAVA_INT));

  private RunningFirst() {}

  /**
   * This process and all that it starts stay behind what runs, until {@link #let}: if it may let
   * them go first at all.
   */
  public static void stayBehind() {
    int own = (int) ProcessHandle.current().pid();
    if ((int) ForeignCall.of(SET, THREAD, own, NICE) == 0) {
      set(Stream.of(ProcessHandle.current()), BEHIND);
      setSession(BEHIND);
    }
  }

  /** All threads that these processes have now. */
  public static void let(Stream<ProcessHandle> processes) {
    set(processes, NICE);
    setSession(NICE);
  }

  /** This process is as all others are again. */
  public static void end() {
    set(Stream.of(ProcessHandle.current()), 0);
    setSession(0);
  }

  private static void set(Stream<ProcessHandle> processes, int nice) {
    processes.flatMap(Proc::threads).forEach(thread -> ForeignCall.of(SET, THREAD, thread, nice));
  }

  private static void setSession(int nice) {
    try {
      Files.writeString(SESSION, String.valueOf(nice));
    } catch (IOException e) {
      // There are no such groups here, or we may not set them.
    }
  }
}
