package org.pagereel.server.faces.agora;

/** The role of a caller. This is the only list of rights; the room is checked before it. */
enum Role {
  /** The customer's own server, or a user whom the settings let control. */
  APP,
  /** A teacher or an assistant, in the room of the token. */
  STAFF,
  /** Whoever else has a token: a pupil, an observer, a user whose token names no role. */
  MEMBER,
  /** The recorder of a running recording: its room, and its own files. */
  RECORDER;

  boolean may(Right right) {
    return switch (this) {
      case APP -> true;
      case STAFF ->
          switch (right) {
            case READ, READY, CONTROL, LIST, FILES -> true;
            case POLL -> false;
          };
      case MEMBER ->
          switch (right) {
            case READ, READY -> true;
            case CONTROL, LIST, FILES, POLL -> false;
          };
      case RECORDER ->
          switch (right) {
            case READ, READY, FILES -> true;
            case CONTROL, LIST, POLL -> false;
          };
    };
  }
}
