package org.pagereel.server.faces.im;

/** A history that cannot be pulled, or not now; the message says which group, and what came. */
public final class HistoryFailure extends RuntimeException {
  private static final long serialVersionUID = 1;

  /** The remedy. */
  enum Cure {
    REPEAT,
    REPEAT_SLOWLY,
    NONE
  }

  private final Cure cure;

  HistoryFailure(Cure cure, String message) {
    super(message);
    this.cure = cure;
  }

  HistoryFailure(Cure cure, String message, Throwable cause) {
    super(message, cause);
    this.cure = cure;
  }

  /** Whether the same may work later: then pulling goes on where it ended. */
  public boolean isWorthRepeating() {
    return cure != Cure.NONE;
  }

  Cure cure() {
    return cure;
  }
}
