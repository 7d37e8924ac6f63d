package org.pagereel.server.faces.im;

/** An answer that is an error: a number of the vendor's, and what is wrong in words. */
public final class ImError extends RuntimeException {
  private static final long serialVersionUID = 1;

  private final ImCode code;

  ImError(ImCode code, String message) {
    super(message, null, false, false);
    this.code = code;
  }

  public ImCode code() {
    return code;
  }

  public String message() {
    return String.valueOf(getMessage());
  }
}
