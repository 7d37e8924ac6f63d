package org.pagereel.recorder.mix;

/** Watches a mix to its end; notes what it is told. */
class MixProgress implements MixListener {
  double last;
  boolean monotone = true;

  @Override
  public void progress(double fraction) {
    monotone &= fraction >= last && fraction <= 1;
    last = fraction;
  }

  @Override
  public boolean cancelled() {
    return false;
  }
}
