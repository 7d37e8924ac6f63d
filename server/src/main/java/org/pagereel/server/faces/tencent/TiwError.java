package org.pagereel.server.faces.tencent;

/** An answer that is an error: a code of the vendor's, and what is wrong in words. */
final class TiwError extends RuntimeException {
  private static final long serialVersionUID = 1;

  private final TiwCode code;

  TiwError(TiwCode code, String message) {
    super(message, null, false, false);
    this.code = code;
  }

  TiwCode code() {
    return code;
  }

  String message() {
    return String.valueOf(getMessage());
  }
}
