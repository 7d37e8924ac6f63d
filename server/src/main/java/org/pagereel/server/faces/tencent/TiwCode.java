package org.pagereel.server.faces.tencent;

/** The error codes that this face answers with (docs/vendors/tencent.md, "Error codes"). */
enum TiwCode {
  AUTH_FAILURE("AuthFailure"),
  SIGNATURE_FAILURE("AuthFailure.SignatureFailure"),
  SIGNATURE_EXPIRE("AuthFailure.SignatureExpire"),
  SECRET_ID_NOT_FOUND("AuthFailure.SecretIdNotFound"),
  INVALID_ACTION("InvalidAction"),
  NO_SUCH_VERSION("NoSuchVersion"),
  MISSING_PARAMETER("MissingParameter"),
  UNKNOWN_PARAMETER("UnknownParameter"),
  REQUEST_LIMIT("RequestLimitExceeded"),
  REQUEST_TOO_LARGE("RequestSizeLimitExceeded"),
  INTERNAL_ERROR("InternalError"),
  INVALID_PARAMETER("InvalidParameter"),
  TYPE_UNMATCHED("InvalidParameter.BodyParameterTypeUnmatched"),
  CALLBACK_ADDRESS("InvalidParameter.CallbackAddressFormatError"),
  INVALID_EXTRA("InvalidParameter.InvalidExtra"),
  RECORD_PARAMETER("InvalidParameter.RecordParameter"),
  SDK_APP_ID_NOT_FOUND("InvalidParameter.SdkAppIdNotFound"),
  TASK_NOT_FOUND("InvalidParameter.TaskNotFound"),
  FOREIGN_SDK_APP_ID("UnauthorizedOperation.SdkAppId"),
  TASK_CONCURRENCY("LimitExceeded.TaskConcurrency"),
  RECORD_USER_IN_USE("ResourceInUse.RecordUserId"),
  INVALID_TASK_STATUS("UnsupportedOperation.InvalidTaskStatus"),
  TASK_ALREADY_STOPPED("UnsupportedOperation.TaskHasAlreadyStopped"),
  RECORD_FAILED("FailedOperation.Record");

  private final String text;

  TiwCode(String text) {
    this.text = text;
  }

  /** As it stands in an answer. */
  String text() {
    return text;
  }

  boolean isFailedLogin() {
    return text.startsWith("AuthFailure");
  }

  TiwError error(String message) {
    return new TiwError(this, message);
  }
}
