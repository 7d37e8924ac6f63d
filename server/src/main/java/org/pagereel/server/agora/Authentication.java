package org.pagereel.server.agora;

import io.javalin.http.Context;
import java.time.Instant;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jdbi.v3.core.Jdbi;
import org.jspecify.annotations.Nullable;
import org.pagereel.server.config.Settings;
import org.pagereel.server.config.Settings.App;
import org.pagereel.server.http.ApiError;
import org.pagereel.server.http.Quote;
import org.pagereel.server.recording.Recording;
import org.pagereel.server.recording.RecordingStore;

/**
 * Finds out who calls. The token may come as {@code x-agora-token}, or as {@code Authorization:
 * agora token=…}, quoted or not; {@code x-agora-uid} must then be the user it was made for.
 */
final class Authentication {
  private static final Pattern AUTHORIZATION =
      Pattern.compile("agora\\s+token\\s*=\\s*\"?([^\"\\s]+)\"?", Pattern.CASE_INSENSITIVE);

  private final Settings settings;
  private final Jdbi jdbi;
  private final FailedLogins failed = new FailedLogins();

  Authentication(Settings settings, Jdbi jdbi) {
    this.settings = settings;
    this.jdbi = jdbi;
  }

  /**
   * The caller of a request for this app, and for this room if it is about one.
   *
   * @param right what the request needs
   * @throws ApiError 401 nobody, 403 somebody who may not
   */
  Caller caller(Context context, String appId, @Nullable String roomUuid, Right right) {
    return caller(context, appId, roomUuid).require(right);
  }

  private Caller caller(Context context, String appId, @Nullable String roomUuid) {
    App app =
        settings
            .app(appId)
            .orElseThrow(() -> refuse(context, "There is no app " + Quote.of(appId, 64)));
    Optional<String> token = token(context);
    if (token.isEmpty()) {
      if (!settings.authentication()) {
        return new Caller(app, Role.APP, null);
      }
      throw refuse(
          context,
          "No token: send x-agora-token and x-agora-uid, or Authorization: agora token=<token>");
    }
    Claims claims =
        AgoraTokens.verify(token.get(), app, Instant.now())
            .orElseThrow(() -> refuse(context, "The token is wrong or has expired"));
    String uid = context.header("x-agora-uid");
    if (uid != null && claims.userUuid() != null && !uid.equals(claims.userUuid())) {
      throw refuse(context, "x-agora-uid is not the user that the token was made for");
    }
    if (claims.roomUuid() != null && !claims.roomUuid().equals(roomUuid)) {
      throw refuse(context, "The token is for another room");
    }
    Optional<Recording> own =
        jdbi.withHandle(handle -> RecordingStore.ofTicket(handle, claims.ticket()))
            .filter(recording -> recording.face().equals(AgoraFace.NAME));
    return own.isPresent()
        ? recorder(context, app, own.get(), roomUuid)
        : new Caller(app, role(claims, app), null);
  }

  /** A recorder's token is good for its own recording, and only while that runs. */
  private Caller recorder(
      Context context, App app, Recording recording, @Nullable String roomUuid) {
    if (!recording.isRunning()
        || !recording.scope().equals(app.id())
        || !recording.subject().equals(roomUuid)) {
      throw refuse(context, "The token is of another recording");
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
    return failed.tooMany(context.ip(), Instant.now())
        ? new ApiError(429, 429, "Too many failed logins from this address; wait a minute")
        : new ApiError(401, 401, message);
  }
}
