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
    return isTrue(value(expression, null));
  }

  /** The same in another JavaScript world of the page, known by its execution context. */
  boolean evaluate(String expression, int world) {
    return isTrue(value(expression, world));
  }

  private static boolean isTrue(@Nullable JsonElement value) {
    return value != null && value.isJsonPrimitive() && value.getAsBoolean();
  }

  /** The value of an expression that is a number. */
  double number(String expression) {
    JsonElement value = value(expression, null);
    if (value == null) {
      throw new PlaywrightException("The page has no answer to " + expression);
    }
    return value.getAsDouble();
  }

  private @Nullable JsonElement value(String expression, @Nullable Integer world) {
    JsonObject call = new JsonObject();
    call.addProperty("expression", expression);
    call.addProperty("awaitPromise", true);
    call.addProperty("returnByValue", true);
    call.addProperty("userGesture", false);
    if (world != null) {
      call.addProperty("contextId", world);
    }
    return devTools.send("Runtime.evaluate", call).getAsJsonObject("result").get("value");
  }

  /** A JavaScript string literal. */
  static String quote(String text) {
    return new com.google.gson.JsonPrimitive(text).toString();
  }
}
