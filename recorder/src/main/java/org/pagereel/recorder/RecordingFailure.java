package org.pagereel.recorder;

/** Ends a recording; the message names the step, what was expected and what to do. */
public final class RecordingFailure extends RuntimeException {
  private final FailureCategory category;

  public RecordingFailure(FailureCategory category, String message) {
    super(message);
    this.category = category;
  }

  public RecordingFailure(FailureCategory category, String message, Throwable cause) {
    super(message, cause);
    this.category = category;
  }

  public FailureCategory category() {
    return category;
  }

  /** Anything thrown, as a failure: our own as it is, the rest as {@code INTERNAL}. */
  public static RecordingFailure from(String step, Throwable thrown) {
    return thrown instanceof RecordingFailure failure
        ? failure
        : new RecordingFailure(FailureCategory.INTERNAL, step + ": " + thrown, thrown);
  }
}
