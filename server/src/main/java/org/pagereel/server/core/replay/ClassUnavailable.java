package org.pagereel.server.core.replay;

/** A class's messages and files cannot be had; asking again would not help. */
public final class ClassUnavailable extends Exception {
  private static final long serialVersionUID = 1;

  private final transient ReplayFailure failure;

  /** Makes it; the message is for whoever asked for the replay. */
  public ClassUnavailable(ReplayFailure.Cause cause, String message) {
    super(message);
    this.failure = new ReplayFailure(cause, message);
  }

  public ReplayFailure failure() {
    return failure;
  }
}
