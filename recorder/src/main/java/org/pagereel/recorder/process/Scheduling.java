package org.pagereel.recorder.process;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_INT;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.invoke.MethodHandle;

/** The system's order of threads, by sched_setscheduler(2). */
final class Scheduling {
  private static final int OTHER = 0;
  private static final int ROUND_ROBIN = 2;

  /** A process that such a thread starts is scheduled as usual. */
  private static final int RESET_ON_FORK = 0x4000_0000;

  /** Above every usual thread; below what other programs call urgent (Pulse: 5, JACK: 10). */
  private static final int LOWEST_PRIORITY = 1;

  private static final MethodHandle SET =
      Linker.nativeLinker()
          .downcallHandle(
              Linker.nativeLinker().defaultLookup().findOrThrow("sched_setscheduler"),
              FunctionDescriptor.of(JAVA_INT, JAVA_INT, JAVA_INT, ADDRESS));

  private Scheduling() {}

  /**
   * Lets a thread run before all usual ones.
   *
   * @return false if the system does not let us, or if the thread is gone
   */
  static boolean first(int thread) {
    return set(thread, ROUND_ROBIN | RESET_ON_FORK, LOWEST_PRIORITY);
  }

  /** Lets this thread run before those; if the system does not let us, it is as all others. */
  static void overThose() {
    set(0, ROUND_ROBIN | RESET_ON_FORK, LOWEST_PRIORITY + 1);
  }

  /**
   * Makes a thread, 0 for this one, as all others are. To clear the flag would take a right that
   * the rest does not.
   */
  static void usual(int thread) {
    set(thread, OTHER | RESET_ON_FORK, 0);
  }

  private static boolean set(int thread, int policy, int priority) {
    try (Arena arena = Arena.ofConfined()) {
      return (int) ForeignCall.of(SET, thread, policy, arena.allocateFrom(JAVA_INT, priority)) == 0;
    }
  }
}
