package org.pagereel.server.faces.classes;

/** An upload that was not taken; nothing is left of it. */
final class UploadFailure extends RuntimeException {
  private static final long serialVersionUID = 1;

  /** The kinds of failure that have different answers. */
  enum Kind {
    EMPTY,
    TOO_LARGE,
    BROKEN_OFF,
    NO_SPACE
  }

  private final Kind kind;

  UploadFailure(Kind kind, String message) {
    super(message, null, false, false);
    this.kind = kind;
  }

  Kind kind() {
    return kind;
  }

  String message() {
    return String.valueOf(getMessage());
  }
}
