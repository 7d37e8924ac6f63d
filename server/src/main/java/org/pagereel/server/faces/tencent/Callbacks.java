package org.pagereel.server.faces.tencent;

import org.jdbi.v3.core.Handle;

/** The table of callbacks. */
final class Callbacks {
  private Callbacks() {}

  static Callback find(Handle handle, long sdkAppId) {
    return find(handle, "callback", sdkAppId);
  }

  /** That of after-class tasks; it has the same key. */
  static Callback offline(Handle handle, long sdkAppId) {
    return find(handle, "offline_callback", sdkAppId);
  }

  private static Callback find(Handle handle, String column, long sdkAppId) {
    return handle
        .createQuery(
            "SELECT "
                + column
                + " AS url, callback_key FROM tencent_callbacks WHERE sdk_app_id = :app")
        .bind("app", sdkAppId)
        .map((row, context) -> new Callback(row.getString("url"), row.getString("callback_key")))
        .findOne()
        .orElse(Callback.NONE);
  }

  static void setUrl(Handle handle, long sdkAppId, String url) {
    set(handle, "callback", sdkAppId, url);
  }

  static void setOfflineUrl(Handle handle, long sdkAppId, String url) {
    set(handle, "offline_callback", sdkAppId, url);
  }

  static void setKey(Handle handle, long sdkAppId, String key) {
    set(handle, "callback_key", sdkAppId, key);
  }

  private static void set(Handle handle, String column, long sdkAppId, String value) {
    handle
        .createUpdate(
            "INSERT INTO tencent_callbacks (sdk_app_id, callback, callback_key) VALUES (:app, '',"
                + " '') ON CONFLICT DO NOTHING")
        .bind("app", sdkAppId)
        .execute();
    handle
        .createUpdate(
            "UPDATE tencent_callbacks SET " + column + " = :value WHERE sdk_app_id = :app")
        .bind("app", sdkAppId)
        .bind("value", value)
        .execute();
  }
}
