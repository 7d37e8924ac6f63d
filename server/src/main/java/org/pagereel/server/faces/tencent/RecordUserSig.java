package org.pagereel.server.faces.tencent;

import java.time.Instant;
import org.pagereel.server.faces.usersig.BadUserSig;
import org.pagereel.server.faces.usersig.UserSig;

/** The parameter {@code RecordUserSig}, checked with the app's key. */
final class RecordUserSig {
  private RecordUserSig() {}

  /**
   * Returns if the signature is this user's, for this app, made with this key, and not over.
   *
   * @throws TiwError says what is wrong
   */
  static void verify(String text, long sdkAppId, String userId, String key, Instant now) {
    try {
      UserSig.verify(text, sdkAppId, userId, key, now);
    } catch (BadUserSig e) {
      throw TiwCode.RECORD_PARAMETER.error("RecordUserSig " + e.message());
    }
  }
}
