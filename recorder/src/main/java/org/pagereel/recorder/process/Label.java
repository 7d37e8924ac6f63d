package org.pagereel.recorder.process;

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
    if (label == null || !isValid(label)) {
      throw new IllegalStateException(VARIABLE + " is " + label + "; the parent must set a label");
    }
    return label;
  }

  /** Whether we make labels like this; any process may put anything into its environment. */
  static boolean isValid(String label) {
    return label.matches("[A-Za-z0-9_-]{1,60}");
  }
}
