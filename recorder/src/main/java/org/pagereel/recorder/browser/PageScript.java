package org.pagereel.recorder.browser;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.microsoft.playwright.CDPSession;

/**
 * Evaluates scripts in the page without pretending that somebody clicked. Playwright's own evaluate
 * counts as a user's gesture, which would allow the page a pop-up.
 */
final class PageScript {
  private final CDPSession devTools;

  PageScript(CDPSession devTools) {
    this.devTools = devTools;
  }

  /** The value of an expression, waited for if it is a promise; false when it has none. */
  boolean evaluate(String expression) {
    JsonObject call = new JsonObject();
    call.addProperty("expression", expression);
    call.addProperty("awaitPromise", true);
    call.addProperty("returnByValue", true);
    call.addProperty("userGesture", false);
    JsonElement value =
        devTools.send("Runtime.evaluate", call).getAsJsonObject("result").get("value");
    return value != null && value.isJsonPrimitive() && value.getAsBoolean();
  }

  /** A JavaScript string literal. */
  static String quote(String text) {
    return new com.google.gson.JsonPrimitive(text).toString();
  }
}
