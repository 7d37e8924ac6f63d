package org.pagereel.server.faces.tencent;

import java.util.Optional;
import org.pagereel.server.platform.config.Settings;
import org.pagereel.server.platform.config.TencentApp;

/** Finds the app that a call is about. */
final class Apps {
  private final Settings settings;

  Apps(Settings settings) {
    this.settings = settings;
  }

  /**
   * The app that {@code SdkAppId} names.
   *
   * @throws TiwError InvalidParameter.SdkAppIdNotFound; UnauthorizedOperation.SdkAppId: it is not
   *     one of the caller's
   */
  TencentApp of(Call call) {
    long id = call.parameters().number("SdkAppId").orElse(0L);
    if (id <= 0) {
      throw TiwCode.SDK_APP_ID_NOT_FOUND.error("SdkAppId is missing or no number of an app");
    }
    Optional<TencentApp> app =
        call.account().isPresent() ? call.account().get().app(id) : settings.tencentApp(id);
    return app.orElseThrow(
        () -> TiwCode.FOREIGN_SDK_APP_ID.error("SdkAppId " + id + " is not one of this account's"));
  }
}
