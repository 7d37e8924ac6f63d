package org.pagereel.server.faces.agora;

import org.jspecify.annotations.Nullable;
import org.pagereel.server.platform.config.Settings.App;
import org.pagereel.server.platform.http.ApiError;

/**
 * Who calls: somebody of the app, or the recorder of a running recording.
 *
 * @param recording of which the caller is the recorder; null for everybody else
 */
record Caller(App app, Role role, @Nullable String recording) {
  /**
   * Returns itself if it may.
   *
   * @throws ApiError 403
   */
  Caller require(Right right) {
    if (role.may(right)) {
      return this;
    }
    throw new ApiError(
        403,
        403,
        switch (role) {
          case RECORDER -> "A recorder's token is good for its own page only";
          case STAFF -> "A token of a room is not good for the whole app";
          case APP, MEMBER ->
              "This token may only read. More may a teacher's or an assistant's token of the room, a"
                  + " token of the app, and a user whom the app's settings name in controllers";
        });
  }
}
