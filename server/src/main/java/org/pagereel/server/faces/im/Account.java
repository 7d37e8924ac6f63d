package org.pagereel.server.faces.im;

import java.util.Optional;

/** A user, as a field of a request names one. */
public final class Account {
  private static final int MAX_BYTES = 60;

  private Account() {}

  /**
   * Reads a user's identifier; empty if the field is absent or an empty string.
   *
   * @throws ImError 10004
   */
  public static Optional<String> of(Body body, String name) {
    Optional<String> account = body.text(name, MAX_BYTES).filter(text -> !text.isEmpty());
    if (account.isPresent() && account.get().chars().anyMatch(Character::isISOControl)) {
      throw body.wrong(name, "a user without control characters");
    }
    return account;
  }
}
