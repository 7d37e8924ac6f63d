package org.pagereel.server.im;

import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import org.pagereel.server.config.Settings;
import org.pagereel.server.config.TencentApp;
import org.pagereel.server.http.Quote;
import org.pagereel.server.usersig.BadUserSig;
import org.pagereel.server.usersig.UserSig;

/** Finds out who calls, from the query, before the body is believed. */
final class Callers {
  private static final String NOBODY = "administrator";

  private final Settings settings;

  Callers(Settings settings) {
    this.settings = settings;
  }

  /**
   * Reads the query {@code sdkappid, identifier, usersig}.
   *
   * @param query its parameters, decoded
   * @throws ImError 600xx, 700xx
   */
  Caller of(Map<String, String> query, Instant now) {
    String contentType = query.getOrDefault("contenttype", "json");
    if (!contentType.equals("json")) {
      throw ImCode.BAD_HTTP.error("contenttype is " + Quote.of(contentType) + "; allowed: json");
    }
    TencentApp app = app(query.getOrDefault("sdkappid", ""));
    String identifier = query.getOrDefault("identifier", "");
    String userSig = query.getOrDefault("usersig", "");
    if (!settings.authentication() && userSig.isEmpty()) {
      return new Caller(app, identifier.isEmpty() ? NOBODY : identifier);
    }
    if (identifier.isEmpty()) {
      throw ImCode.NO_IDENTIFIER.error("identifier is absent; allowed: a user of the app");
    }
    if (userSig.isEmpty()) {
      throw ImCode.NO_USER_SIG.error("usersig is absent; allowed: the UserSig of identifier");
    }
    verify(app, identifier, userSig, now);
    if (!app.isAdmin(identifier)) {
      throw ImCode.NO_ADMIN.error(
          "identifier is " + Quote.of(identifier) + "; allowed: the app's admins of the settings");
    }
    return new Caller(app, identifier);
  }

  private TencentApp app(String id) {
    if (id.isEmpty()) {
      throw ImCode.NO_APP.error("sdkappid is absent; allowed: an app of the settings");
    }
    Optional<TencentApp> app =
        id.matches("\\d{1,18}") ? settings.tencentApp(Long.parseLong(id)) : Optional.empty();
    return app.orElseThrow(() ->
        ImCode.BAD_APP.error("sdkappid is " + Quote.of(id) + "; allowed: an app of the settings"));
  }

  private void verify(TencentApp app, String identifier, String userSig, Instant now) {
    String key = app.key();
    if (key == null) {
      if (settings.authentication()) {
        throw ImCode.BAD_APP.error(
            "sdkappid is %d, an app that has no key in the settings, so that no UserSig can be checked"
                .formatted(app.sdkAppId()));
      }
      return;
    }
    try {
      UserSig.verify(userSig, app.sdkAppId(), identifier, key, now);
    } catch (BadUserSig e) {
      throw code(e.kind()).error("usersig " + e.message());
    }
  }

  private static ImCode code(BadUserSig.Kind kind) {
    return switch (kind) {
      case UNREADABLE -> ImCode.SIG_UNREADABLE;
      case OTHER_APP -> ImCode.SIG_FOR_OTHER_APP;
      case OTHER_USER -> ImCode.SIG_OF_OTHER_USER;
      case EXPIRED -> ImCode.SIG_EXPIRED;
      case FORGED -> ImCode.SIG_FORGED;
    };
  }
}
