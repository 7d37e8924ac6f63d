package org.pagereel.server.tools.cli;

import java.util.concurrent.CompletableFuture;

/**
 * Ctrl-C and TERM finish the recording instead of ending us: while the JVM shuts down, the hook
 * asks for the stop, waits until the files are complete, and sets the exit code.
 */
final class StopOnSignal {
  private final CompletableFuture<Integer> exitCode = new CompletableFuture<>();

  private StopOnSignal() {}

  static StopOnSignal install(Runnable stop) {
    StopOnSignal signal = new StopOnSignal();
    Thread hook =
        Thread.ofPlatform()
            .name("stop-on-signal")
            .unstarted(() -> {
              if (!signal.exitCode.isDone()) {
                stop.run();
              }
              Runtime.getRuntime().halt(signal.exitCode.join());
            });
    Runtime.getRuntime().addShutdownHook(hook);
    return signal;
  }

  /** The recording is over; the first code given counts. */
  void done(int code) {
    exitCode.complete(code);
  }
}
