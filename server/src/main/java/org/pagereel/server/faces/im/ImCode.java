package org.pagereel.server.faces.im;

import java.util.stream.Stream;

/** The numbers that this face answers with (docs/vendors/tencent.md, "Message error codes"). */
public enum ImCode {
  SYSTEM(10002),
  BAD_PARAMETER(10004),
  NO_GROUP(10010),
  BAD_GROUP_ID(10015),
  GROUP_ID_IN_USE(10021),
  BAD_HTTP(60002),
  BAD_JSON(60003),
  NO_IDENTIFIER(60004),
  NO_USER_SIG(60005),
  BAD_APP(60006),
  NO_ADMIN(60010),
  TOO_OFTEN(60011),
  NO_APP(60012),
  SIG_EXPIRED(70001),
  SIG_UNREADABLE(70003),
  SIG_FORGED(70009),
  SIG_OF_OTHER_USER(70013),
  SIG_FOR_OTHER_APP(70014),
  TOO_LONG(80002);

  private final int number;

  ImCode(int number) {
    this.number = number;
  }

  public int number() {
    return number;
  }

  /** Whether this number says that nobody knows who called. */
  static boolean isFailedLogin(int number) {
    return Stream.of(
            NO_IDENTIFIER,
            NO_USER_SIG,
            BAD_APP,
            NO_APP,
            SIG_EXPIRED,
            SIG_UNREADABLE,
            SIG_FORGED,
            SIG_OF_OTHER_USER,
            SIG_FOR_OTHER_APP)
        .anyMatch(code -> code.number == number);
  }

  public ImError error(String message) {
    return new ImError(this, message);
  }
}
