package org.pagereel.recorder.child;

/**
 * The environment variable that every process of a recorder carries, holding its label: whoever
 * cleans up after a crash finds processes and temporary folder by it.
 */
public final class Label {
  public static final String VARIABLE = "PAGEREEL_RECORDING";

  private Label() {}

  /** The label of this process, which its parent gave it. */
  public static String own() {
    String label = System.getenv(VARIABLE);
    if (label == null || !label.matches("[A-Za-z0-9_-]{1,60}")) {
      throw new IllegalStateException(VARIABLE + " is " + label + "; the parent must set a label");
    }
    return label;
  }
}
