package org.pagereel.recorder.browser;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.microsoft.playwright.CDPSession;
import com.microsoft.playwright.PlaywrightException;
import org.jspecify.annotations.Nullable;

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
    JsonElement value = value(expression);
    return value != null && value.isJsonPrimitive() && value.getAsBoolean();
  }

  /** The value of an expression that is a number. */
  double number(String expression) {
    JsonElement value = value(expression);
    if (value == null) {
      throw new PlaywrightException("The page has no answer to " + expression);
    }
    return value.getAsDouble();
  }

  private @Nullable JsonElement value(String expression) {
    JsonObject call = new JsonObject();
    call.addProperty("expression", expression);
    call.addProperty("awaitPromise", true);
    call.addProperty("returnByValue", true);
    call.addProperty("userGesture", false);
    return devTools.send("Runtime.evaluate", call).getAsJsonObject("result").get("value");
  }

  /** A JavaScript string literal. */
  static String quote(String text) {
    return new com.google.gson.JsonPrimitive(text).toString();
  }
}
