package org.pagereel.server.faces.agora;

import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import org.pagereel.server.platform.config.Settings.App;

/**
 * What a room's recording page is told in its address (docs/vendors/agora.md, "Address of the
 * page").
 */
final class RoomParameters {
  private RoomParameters() {}

  static Map<String, String> of(App app, Room room, String userUuid, String token) {
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
}
