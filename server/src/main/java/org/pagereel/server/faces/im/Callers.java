package org.pagereel.server.faces.im;

import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import org.pagereel.server.faces.usersig.BadUserSig;
import org.pagereel.server.faces.usersig.UserSig;
import org.pagereel.server.platform.config.Settings;
import org.pagereel.server.platform.config.TencentApp;
import org.pagereel.server.platform.http.FailedLogins;
import org.pagereel.server.platform.http.Quote;

/** Finds out who calls, from the query, before the body is believed. */
public final class Callers {
  public static final String NOBODY = "administrator";

  private final Settings settings;
  private final FailedLogins logins;

  public Callers(Settings settings, FailedLogins logins) {
    this.settings = settings;
    this.logins = logins;
  }

  /**
   * Reads the query {@code sdkappid, identifier, usersig} of somebody who may do everything.
   *
   * @param query its parameters, decoded
   * @throws ImError 600xx, 700xx
   */
  public Caller of(Map<String, String> query, Instant now) {
    Caller caller = user(query, now);
    if (!caller.isAdmin()) {
      throw ImCode.NO_ADMIN.error(
          "identifier is "
              + Quote.of(caller.identifier())
              + "; allowed: the app's admins of the settings");
    }
    return caller;
  }

  /**
   * The same of anybody who has a UserSig.
   *
   * @throws ImError 600xx, 700xx
   */
  public Caller user(Map<String, String> query, Instant now) {
    String contentType = query.getOrDefault("contenttype", "json");
    if (!contentType.equals("json")) {
      throw ImCode.BAD_HTTP.error("contenttype is " + Quote.of(contentType) + "; allowed: json");
    }
    TencentApp app = app(query.getOrDefault("sdkappid", ""));
    String identifier = query.getOrDefault("identifier", "");
    String userSig = query.getOrDefault("usersig", "");
    if (!settings.authentication() && userSig.isEmpty()) {
      // Where nobody is asked for a UserSig, everybody may be an admin.
      return new Caller(app, identifier.isEmpty() ? NOBODY : identifier, true);
    }
    if (identifier.isEmpty()) {
      throw ImCode.NO_IDENTIFIER.error("identifier is absent; allowed: a user of the app");
    }
    if (userSig.isEmpty()) {
      throw ImCode.NO_USER_SIG.error("usersig is absent; allowed: the UserSig of identifier");
    }
    verify(app, identifier, userSig, now);
    return new Caller(app, identifier, app.isAdmin(identifier));
  }

  /**
   * An app by its number.
   *
   * @throws ImError 60006, 60012
   */
  public TencentApp app(String id) {
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
      logins.succeeded(userSig);
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
