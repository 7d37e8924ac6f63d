package org.pagereel.server.agora;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import org.pagereel.server.config.Settings.App;

/** The address of a room's recording page (reference 3.1). */
final class PageAddress {
  private PageAddress() {}

  /**
   * Appends the parameters to the root address.
   *
   * <p>The page takes what follows the last {@code ?} and, of a repeated name, the first value: so
   * what is there stays first, nothing begins a second query, and every value is escaped. A
   * fragment would leak into the last value and goes.
   */
  static String of(String rootUrl, Map<String, String> parameters) {
    int fragment = rootUrl.indexOf('#');
    StringBuilder address =
        new StringBuilder(fragment < 0 ? rootUrl : rootUrl.substring(0, fragment));
    for (Map.Entry<String, String> parameter : parameters.entrySet()) {
      if (address.indexOf("?") < 0) {
        address.append('?');
      } else if (!address.toString().endsWith("?") && !address.toString().endsWith("&")) {
        address.append('&');
      }
      address.append(parameter.getKey()).append('=').append(escape(parameter.getValue()));
    }
    return address.toString();
  }

  /** What follows the first {@code ?}: a page's address anywhere else, for debugging. */
  static String query(String address) {
    int start = address.indexOf('?');
    return start < 0 ? "" : address.substring(start + 1);
  }

  static Map<String, String> parameters(App app, Room room, String userUuid, String token) {
    Map<String, String> parameters = new LinkedHashMap<>();
    parameters.put("appId", app.id());
    parameters.put("roomUuid", room.uuid());
    parameters.put("roomName", room.name());
    parameters.put("roomType", String.valueOf(room.type()));
    parameters.put("userUuid", userUuid);
    parameters.put("userName", userUuid);
    parameters.put("rtmToken", token);
    parameters.put("roleType", "0");
    parameters.put("pretest", "false");
    parameters.put("region", room.region().toUpperCase(Locale.ROOT));
    return parameters;
  }

  private static String escape(String value) {
    return URLEncoder.encode(value, StandardCharsets.UTF_8).replace("+", "%20");
  }
}
