package org.pagereel.server.tencent;

import org.jdbi.v3.core.Handle;

/** The table of callbacks. */
final class Callbacks {
  private Callbacks() {}

  static Callback find(Handle handle, long sdkAppId) {
    return handle
        .createQuery("SELECT callback, callback_key FROM tencent_callbacks WHERE sdk_app_id = :app")
        .bind("app", sdkAppId)
        .map((row, context) ->
            new Callback(row.getString("callback"), row.getString("callback_key")))
        .findOne()
        .orElse(Callback.NONE);
  }

  static void setUrl(Handle handle, long sdkAppId, String url) {
    set(handle, sdkAppId, new Callback(url, find(handle, sdkAppId).key()));
  }

  static void setKey(Handle handle, long sdkAppId, String key) {
    set(handle, sdkAppId, new Callback(find(handle, sdkAppId).url(), key));
  }

  private static void set(Handle handle, long sdkAppId, Callback callback) {
    handle
        .createUpdate(
            "INSERT INTO tencent_callbacks (sdk_app_id, callback, callback_key) VALUES (:app, :url,"
                + " :key) ON CONFLICT (sdk_app_id) DO UPDATE SET callback = excluded.callback,"
                + " callback_key = excluded.callback_key")
        .bind("app", sdkAppId)
        .bind("url", callback.url())
        .bind("key", callback.key())
        .execute();
  }
}
