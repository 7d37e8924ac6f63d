package org.pagereel.recorder.process;

import static java.lang.foreign.ValueLayout.JAVA_INT;

import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.invoke.MethodHandle;
import java.util.stream.Stream;

/**
 * Lets recordings that run go before those that are being set up: a browser that starts takes all
 * processors for some seconds, and pictures of the others would be late.
 *
 * <p>The system allows it to root (CAP_SYS_NICE); elsewhere nothing happens. Threads and processes
 * that are made later have the priority of whoever makes them.
 */
public final class RunningFirst {
  /** Twice the share of a usual one. */
  private static final int NICE = -3;

  /** {@code PRIO_PROCESS}, which on Linux means one thread. */
  private static final int THREAD = 0;

  private static final MethodHandle SET =
      Linker.nativeLinker()
          .downcallHandle(
              Linker.nativeLinker().defaultLookup().findOrThrow("setpriority"),
              FunctionDescriptor.of(JAVA_INT, JAVA_INT, JAVA_INT, JAVA_INT));

  private RunningFirst() {}

  /** All threads that these processes have now. */
  public static void let(Stream<ProcessHandle> processes) {
    set(processes, NICE);
  }

  /** This process is as all others are again. */
  public static void end() {
    set(Stream.of(ProcessHandle.current()), 0);
  }

  private static void set(Stream<ProcessHandle> processes, int nice) {
    processes.flatMap(Proc::threads).forEach(thread -> ForeignCall.of(SET, THREAD, thread, nice));
  }
}
