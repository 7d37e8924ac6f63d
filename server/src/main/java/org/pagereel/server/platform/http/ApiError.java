package org.pagereel.server.platform.http;

/** An answer that is an error, in the words and numbers of the face that throws it. */
public final class ApiError extends RuntimeException {
  private static final long serialVersionUID = 1;

  private final int status;
  private final int code;

  /**
   * Makes the error.
   *
   * @param status of HTTP
   * @param code of the face
   */
  public ApiError(int status, int code, String message) {
    super(message, null, false, false);
    this.status = status;
    this.code = code;
  }

  public static ApiError bad(String message) {
    return new ApiError(400, 400, message);
  }

  public int status() {
    return status;
  }

  public int code() {
    return code;
  }
}
