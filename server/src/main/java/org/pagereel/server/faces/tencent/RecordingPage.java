package org.pagereel.server.faces.tencent;

import java.util.LinkedHashMap;
import java.util.Map;
import org.pagereel.server.platform.config.TencentApp;
import org.pagereel.server.platform.network.PageAddress;

/**
 * The page that a recording opens: the app's own, or the built-in room.
 *
 * @param builtIn address of the built-in room's page, as a recorder on this machine reaches it
 */
record RecordingPage(String builtIn) {
  /** Its address with everything behind it that a page needs to enter the room. */
  String address(TencentApp app, StartRequest request) {
    Map<String, String> parameters = new LinkedHashMap<>();
    parameters.put("sdkAppId", String.valueOf(app.sdkAppId()));
    parameters.put("roomId", String.valueOf(request.roomId()));
    parameters.put("groupId", request.groupId());
    parameters.put("userId", request.recordUserId());
    parameters.put("userSig", request.recordUserSig());
    parameters.put("trtcRoomId", request.trtcRoomId());
    parameters.put("width", String.valueOf(request.whiteboard().width()));
    parameters.put("height", String.valueOf(request.whiteboard().height()));
    if (!request.whiteboard().initParam().isEmpty()) {
      parameters.put("initParam", request.whiteboard().initParam());
    }
    String page = app.page();
    return PageAddress.of(page == null ? builtIn : page, parameters);
  }
}
