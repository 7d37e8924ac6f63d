package org.pagereel.server.faces.agora;

import io.javalin.http.Context;
import java.time.InstantSource;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jdbi.v3.core.Jdbi;
import org.jspecify.annotations.Nullable;
import org.pagereel.server.core.recording.Recording;
import org.pagereel.server.core.recording.RecordingStore;
import org.pagereel.server.platform.config.Settings;
import org.pagereel.server.platform.config.Settings.App;
import org.pagereel.server.platform.http.ApiError;
import org.pagereel.server.platform.http.FailedLogins;
import org.pagereel.server.platform.http.Quote;

/**
 * Finds out who calls. The token may come as {@code x-agora-token}, or as {@code Authorization:
 * agora token=…}, quoted or not; {@code x-agora-uid} must then be the user it was made for.
 */
final class Authentication {
  private static final Pattern AUTHORIZATION =
      Pattern.compile("agora\\s+token\\s*=\\s*\"?([^\"\\s]+)\"?", Pattern.CASE_INSENSITIVE);

  private final Settings settings;
  private final Jdbi jdbi;
  private final FailedLogins logins;
  private final InstantSource clock;

  Authentication(Settings settings, FailedLogins logins, Jdbi jdbi, InstantSource clock) {
    this.settings = settings;
    this.logins = logins;
    this.jdbi = jdbi;
    this.clock = clock;
  }

  /**
   * The caller of a request for this app, and for this room if it is about one.
   *
   * @param right the right that the request needs
   * @throws ApiError 401 nobody, 403 somebody who may not, 429 nobody once more
   */
  Caller caller(Context context, String appId, @Nullable String roomUuid, Right right) {
    return caller(context, appId, roomUuid).require(right);
  }

  private Caller caller(Context context, String appId, @Nullable String roomUuid) {
    Optional<String> token = token(context);
    if (logins.refuses(context, token.orElse(""))) {
      throw tooMany();
    }
    App app =
        settings
            .app(appId)
            .orElseThrow(() -> refuse(context, "There is no app " + Quote.of(appId, 64)));
    if (token.isEmpty()) {
      if (!settings.authentication()) {
        return new Caller(app, Role.APP, null);
      }
      throw refuse(
          context,
          "No token: send x-agora-token and x-agora-uid, or Authorization: agora token=<token>");
    }
    Claims claims =
        AgoraTokens.verify(token.get(), app, clock.instant())
            .orElseThrow(() -> refuse(context, "The token is wrong or has expired"));
    logins.succeeded(token.get());
    String uid = context.header("x-agora-uid");
    if (uid != null && claims.userUuid() != null && !uid.equals(claims.userUuid())) {
      throw unauthorized("x-agora-uid is not the user that the token was made for");
    }
    if (claims.roomUuid() != null && !claims.roomUuid().equals(roomUuid)) {
      throw unauthorized("The token is for another room");
    }
    Optional<Recording> own =
        jdbi.withHandle(handle -> RecordingStore.ofTicket(handle, claims.ticket()))
            .filter(recording -> recording.face().equals(AgoraFace.NAME));
    return own.isPresent()
        ? recorder(app, own.get(), roomUuid)
        : new Caller(app, role(claims, app), null);
  }

  /** A recorder's token is good for its own recording, and only while that runs. */
  private static Caller recorder(App app, Recording recording, @Nullable String roomUuid) {
    if (!recording.isRunning()
        || !recording.scope().equals(app.id())
        || !recording.subject().equals(roomUuid)) {
      throw unauthorized("The token is of another recording");
    }
    return new Caller(app, Role.RECORDER, recording.id());
  }

  private static Role role(Claims claims, App app) {
    return switch (claims) {
      case Claims.ForApp ignored -> Role.APP;
      case Claims.ForRoom room ->
          room.isStaff() || app.letsControl(room.user()) ? Role.STAFF : Role.MEMBER;
      case Claims.ForUser user -> app.letsControl(user.user()) ? Role.APP : Role.MEMBER;
    };
  }

  static Optional<String> token(Context context) {
    String own = context.header("x-agora-token");
    if (own != null && !own.isBlank()) {
      return Optional.of(own.strip());
    }
    String authorization = context.header("Authorization");
    if (authorization == null) {
      return Optional.empty();
    }
    Matcher matcher = AUTHORIZATION.matcher(authorization.strip());
    return matcher.matches() ? Optional.of(matcher.group(1)) : Optional.empty();
  }

  private ApiError refuse(Context context, String message) {
    return logins.failed(context) ? tooMany() : unauthorized(message);
  }

  private static ApiError unauthorized(String message) {
    return new ApiError(401, 401, message);
  }

  private static ApiError tooMany() {
    return new ApiError(429, 429, "Too many failed logins from this address; wait a minute");
  }
}
