package org.pagereel.server.faces.agora;

import io.agora.education.EducationTokenBuilder2;
import io.agora.media.AccessToken2;
import io.agora.media.AccessToken2.PrivilegeApaas;
import io.agora.media.AccessToken2.PrivilegeRtm;
import io.agora.rtm.RtmTokenBuilder2;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.pagereel.server.platform.config.Settings.App;

/**
 * Tokens of version 007 (AccessToken2): made by the vendor's own library, checked here against the
 * app's certificate. A token is {@code 007} and the base64 of a zlib stream ({@link
 * SignedContent}).
 */
public final class AgoraTokens {
  private AgoraTokens() {}

  /** A token for a user, as clients and recorders have it; good for so many seconds. */
  public static String forUser(App app, String userUuid, Duration life) {
    int seconds = (int) life.toSeconds();
    return new RtmTokenBuilder2().buildToken(app.id(), app.certificate(), userUuid, seconds);
  }

  /** A token for everything in the app. */
  public static String forApp(App app, Duration life) {
    int seconds = (int) life.toSeconds();
    return new EducationTokenBuilder2().buildAppToken(app.id(), app.certificate(), seconds);
  }

  /** The token's claims, if this app's certificate signed it and it has not expired. */
  static Optional<Claims> verify(String token, App app, Instant now) {
    try {
      SignedContent content = new SignedContent(token);
      AccessToken2 parsed = new AccessToken2();
      // Our spelling, so that the library reads the very bytes whose signature is checked.
      if (!parsed.parse(content.text()) || !app.id().equals(parsed.appId)) {
        return Optional.empty();
      }
      parsed.appCert = app.certificate();
      return content.isSignedWith(parsed.getSign()) && isCurrent(parsed, parsed.expire, now)
          ? claims(parsed, content.ticket(), now)
          : Optional.empty();
    } catch (Exception e) {
      return Optional.empty(); // the library throws what it likes at a broken token
    }
  }

  private static Optional<Claims> claims(AccessToken2 token, String ticket, Instant now) {
    // Its getService makes an empty one of any type; the map has what the token has.
    var education = token.services.get(AccessToken2.SERVICE_TYPE_APAAS);
    if (education instanceof AccessToken2.ServiceApaas service) {
      String user = given(service.getUserUuid());
      String room = given(service.getRoomUuid());
      if (has(token, service, PrivilegeApaas.PRIVILEGE_APP.intValue, now)
          && user == null
          && room == null) {
        return Optional.of(new Claims.ForApp(ticket));
      }
      if (has(token, service, PrivilegeApaas.PRIVILEGE_ROOM_USER.intValue, now)
          && user != null
          && room != null) {
        return Optional.of(new Claims.ForRoom(ticket, user, room, service.getRole()));
      }
      return has(token, service, PrivilegeApaas.PRIVILEGE_USER.intValue, now)
              && user != null
              && room == null
          ? Optional.of(new Claims.ForUser(ticket, user))
          : Optional.empty();
    }
    var messaging = token.services.get(AccessToken2.SERVICE_TYPE_RTM);
    if (messaging instanceof AccessToken2.ServiceRtm service
        && has(token, service, PrivilegeRtm.PRIVILEGE_LOGIN.intValue, now)) {
      return Optional.ofNullable(given(service.getUserId()))
          .map(user -> new Claims.ForUser(ticket, user));
    }
    return Optional.empty();
  }

  /** Whether a service has a privilege, which may end before the token does. */
  private static boolean has(
      AccessToken2 token, AccessToken2.Service service, short privilege, Instant now) {
    Integer seconds = service.privileges.get(privilege);
    return seconds != null && isCurrent(token, seconds, now);
  }

  private static boolean isCurrent(AccessToken2 token, int seconds, Instant now) {
    return Instant.ofEpochSecond(Integer.toUnsignedLong(token.issueTs))
        .plusSeconds(Integer.toUnsignedLong(seconds))
        .isAfter(now);
  }

  private static @Nullable String given(@Nullable String text) {
    return text == null || text.isEmpty() ? null : text;
  }
}
