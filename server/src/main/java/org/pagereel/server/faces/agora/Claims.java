package org.pagereel.server.faces.agora;

import org.jspecify.annotations.Nullable;

/** The claims of a token. */
sealed interface Claims {
  /**
   * Tells the token from all others: a hash of what was signed. Its text will not do, because
   * anybody can write the same content differently.
   */
  String ticket();

  /** For whom it was made; null for the app itself. */
  default @Nullable String userUuid() {
    return switch (this) {
      case ForApp ignored -> null;
      case ForRoom room -> room.user();
      case ForUser user -> user.user();
    };
  }

  /** The only room it is good for; null for all. */
  default @Nullable String roomUuid() {
    return this instanceof ForRoom room ? room.room() : null;
  }

  /** An education token for the app. */
  record ForApp(String ticket) implements Claims {}

  /**
   * An education token for a user in a room.
   *
   * @param role 0 invisible, 1 teacher, 2 student, 3 assistant, 4 observer (docs/vendors/agora.md,
   *     "Roles")
   */
  record ForRoom(String ticket, String user, String room, int role) implements Claims {
    private static final int TEACHER = 1;
    private static final int ASSISTANT = 3;

    boolean isStaff() {
      return role == TEACHER || role == ASSISTANT;
    }
  }

  /** An RTM token, or an education token that names no room. */
  record ForUser(String ticket, String user) implements Claims {}
}
