package org.pagereel.server.faces.tencent;

import java.util.Arrays;
import org.pagereel.server.platform.http.Quote;

/** An action of the API (docs/vendors/tencent.md, "Actions"). */
enum Action {
  START("StartOnlineRecord"),
  PAUSE("PauseOnlineRecord"),
  RESUME("ResumeOnlineRecord"),
  STOP("StopOnlineRecord"),
  DESCRIBE("DescribeOnlineRecord"),
  SET_CALLBACK("SetOnlineRecordCallback"),
  SET_CALLBACK_KEY("SetOnlineRecordCallbackKey"),
  DESCRIBE_CALLBACK("DescribeOnlineRecordCallback"),
  CREATE_OFFLINE("CreateOfflineRecord"),
  DESCRIBE_OFFLINE("DescribeOfflineRecord"),
  SET_OFFLINE_CALLBACK("SetOfflineRecordCallback"),
  DESCRIBE_OFFLINE_CALLBACK("DescribeOfflineRecordCallback");

  private final String text;

  Action(String text) {
    this.text = text;
  }

  /**
   * Finds the action of this name.
   *
   * @throws TiwError InvalidAction
   */
  static Action of(String text) {
    return Arrays.stream(values())
        .filter(action -> action.text.equals(text))
        .findFirst()
        .orElseThrow(() ->
            TiwCode.INVALID_ACTION.error(
                "There is no action "
                    + Quote.of(text)
                    + "; offered are "
                    + Arrays.stream(values()).map(action -> action.text).toList()));
  }
}
