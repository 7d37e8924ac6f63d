package org.pagereel.server.faces.usersig;

/** A signature that is not believed; the message goes on after the name of what carried it. */
public final class BadUserSig extends RuntimeException {
  private static final long serialVersionUID = 1;

  /** The kinds of fault for which a face has different codes. */
  public enum Kind {
    UNREADABLE,
    OTHER_APP,
    OTHER_USER,
    EXPIRED,
    FORGED
  }

  private final Kind kind;

  BadUserSig(Kind kind, String message) {
    super(message, null, false, false);
    this.kind = kind;
  }

  public Kind kind() {
    return kind;
  }

  /** Such as {@code has expired at 2026-01-01T00:00:00Z}. */
  public String message() {
    return String.valueOf(getMessage());
  }
}
