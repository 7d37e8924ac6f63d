package org.pagereel.recorder.replay;

/** Watches a replay; called from several threads, must return quickly. */
public interface ReplayListener {
  /**
   * How much of the work is done, 0 to 1, never less than before; also when it is the same, as a
   * sign that it goes on.
   */
  void progress(double done);

  /** Something is less than perfect. */
  void warning(String message);
}
