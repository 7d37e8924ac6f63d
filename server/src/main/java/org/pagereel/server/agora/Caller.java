package org.pagereel.server.agora;

import org.jspecify.annotations.Nullable;
import org.pagereel.server.config.Settings.App;

/**
 * Who calls: somebody of the app, or the recorder of a running recording.
 *
 * @param userUuid null for the app itself
 * @param recording of which the caller is the recorder; null for everybody else
 */
record Caller(App app, @Nullable String userUuid, @Nullable String recording) {
  boolean isRecorder() {
    return recording != null;
  }
}
