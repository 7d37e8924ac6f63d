package org.pagereel.server.core.replay;

/** Why a task failed. */
public record ReplayFailure(Cause cause, String message) {
  /** The kind of failure. */
  public enum Cause {
    /** The class's messages cannot be had: there is no such group, or there are none. */
    NO_MESSAGES,
    /** The class took longer than is allowed. */
    TOO_LONG,
    /** The recorder will not do it: the request or the class is at fault. */
    REFUSED,
    /** Something here broke, and again when it was tried again. */
    BROKEN
  }
}
