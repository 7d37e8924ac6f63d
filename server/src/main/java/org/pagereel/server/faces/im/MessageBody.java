package org.pagereel.server.faces.im;

import tools.jackson.databind.JsonNode;

/** The field {@code MsgBody}: a list of elements {@code {MsgType, MsgContent}}. */
final class MessageBody {
  private static final int LONGEST_TYPE = 64;

  /** Those who read the history would stumble over more than they can parse. */
  private static final int DEEPEST = 100;

  private MessageBody() {}

  /**
   * Returns it as JSON, its elements with all their fields.
   *
   * @throws ImError 10004 names the element
   */
  static String text(Body body) {
    JsonNode list = body.field("MsgBody");
    if (!list.isArray() || list.isEmpty()) {
      throw body.wrong("MsgBody", "a list of at least one {MsgType, MsgContent}");
    }
    for (int i = 0; i < list.size(); i++) {
      check("MsgBody[" + i + "]", list.get(i));
    }
    if (depth(list) > DEEPEST) {
      throw ImCode.BAD_PARAMETER.error("MsgBody is nested deeper than allowed: " + DEEPEST);
    }
    return Body.EXACT.writeValueAsString(list);
  }

  private static void check(String name, JsonNode element) {
    if (!element.isObject()) {
      throw wrong(name, element, "an object {MsgType, MsgContent}");
    }
    JsonNode type = element.path("MsgType");
    if (!type.isString()
        || type.stringValue().isBlank()
        || type.stringValue().length() > LONGEST_TYPE) {
      throw wrong(name + ".MsgType", type, "a type such as TIMTextElem or TIMCustomElem");
    }
    JsonNode content = element.path("MsgContent");
    if (!content.isObject()) {
      throw wrong(name + ".MsgContent", content, "an object");
    }
  }

  /** The request's own parser has bounded what comes here. */
  private static int depth(JsonNode node) {
    int deepest = 0;
    for (JsonNode child : node.values()) {
      deepest = Math.max(deepest, depth(child));
    }
    return deepest + 1;
  }

  private static ImError wrong(String name, JsonNode value, String allowed) {
    return ImCode.BAD_PARAMETER.error(Body.described(name, value, allowed));
  }
}
