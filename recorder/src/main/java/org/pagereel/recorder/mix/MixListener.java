package org.pagereel.recorder.mix;

/** Watches a mix; called from the thread that mixes, must return quickly. */
public interface MixListener {
  /**
   * How much is done, 0 to 1, never less than before; about every second of work, and twenty times
   * at the least.
   */
  void progress(double fraction);

  /** Whether to give up; asked for every picture. */
  boolean cancelled();
}
