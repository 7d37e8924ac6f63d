package org.pagereel.recorder.process;

import java.util.List;
import java.util.function.Supplier;
import java.util.stream.Stream;

/**
 * Whether a browser has a process that shows pages. Chromium takes no notice when its zygote dies,
 * and all renderers with it: the page stands still for ever. For one thread.
 */
public final class Renderers {
  /** A browser that changes its renderer has none for a moment. */
  private static final int MISSED = 2;

  private final Supplier<Stream<ProcessHandle>> browser;
  private List<ProcessHandle> known = List.of();
  private int missed;

  /**
   * Looks at this browser.
   *
   * @param browser its processes; none if it has ended, which others tell
   */
  public Renderers(Supplier<Stream<ProcessHandle>> browser) {
    this.browser = browser;
  }

  /** Looks for those that are there now: whoever has a window has one. */
  public void find() {
    known = browser.get().filter(Renderers::isRenderer).toList();
  }

  /** Whether there were some and are none any more, at several looks; about one in a second. */
  public boolean areGone() {
    if (known.stream().anyMatch(ProcessHandle::isAlive)) {
      missed = 0;
      return false;
    }
    List<ProcessHandle> all = browser.get().toList();
    List<ProcessHandle> now = all.stream().filter(Renderers::isRenderer).toList();
    boolean isMissed = now.isEmpty() && !known.isEmpty() && !all.isEmpty();
    known = now.isEmpty() ? known : now;
    missed = isMissed ? missed + 1 : 0;
    return missed >= MISSED;
  }

  private static boolean isRenderer(ProcessHandle process) {
    return Proc.commandLine(process.pid()).contains("--type=renderer");
  }
}
