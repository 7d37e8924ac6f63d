package org.pagereel.recorder.child;

/** The environment variable that every process of a recording carries, holding its id. */
public final class Label {
  public static final String VARIABLE = "PAGEREEL_RECORDING";

  private Label() {}
}
