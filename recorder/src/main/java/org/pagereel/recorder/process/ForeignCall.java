package org.pagereel.recorder.process;

import java.lang.invoke.MethodHandle;

/** A call of a native function by Java's foreign function interface. */
public final class ForeignCall {
  private ForeignCall() {}

  /**
   * Calls it with these arguments and returns what it returns.
   *
   * @throws IllegalStateException the binding is broken: native functions throw nothing
   */
  public static Object of(MethodHandle function, Object... arguments) {
    try {
      return function.invokeWithArguments(arguments);
    } catch (RuntimeException | Error e) {
      throw e;
    } catch (Throwable e) {
      throw new IllegalStateException("Native call failed: " + function, e);
    }
  }
}
