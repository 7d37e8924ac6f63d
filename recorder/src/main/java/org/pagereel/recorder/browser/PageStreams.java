package org.pagereel.recorder.browser;

import com.google.gson.JsonObject;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.CDPSession;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;
import java.util.function.Consumer;

/** The page's side of recording streams: puts {@code window.pagereel} there and listens to it. */
final class PageStreams {
  private static final String BINDING = "__pagereelStreams";

  /** The files of {@code streams/}, each after those that it needs while it is read. */
  private static final List<String> MODULES =
      List.of(
          "clock",
          "plan",
          "wire",
          "receivers",
          "sent-clock",
          "sync",
          "reading",
          "pictures",
          "sound",
          "stream",
          "whiteboard",
          "main");

  private PageStreams() {}

  /**
   * Before the page is opened.
   *
   * @param plan JSON: {@code rules} says which streams are recorded and how, {@code screenPrefix}
   *     how a shared screen is named in them
   */
  static void install(
      BrowserContext context, CDPSession devTools, String plan, Consumer<String> listener) {
    // Playwright's own bindings wrap every call in an answer; here come a hundred lines a second.
    devTools.send("Runtime.enable");
    JsonObject name = new JsonObject();
    name.addProperty("name", BINDING);
    devTools.send("Runtime.addBinding", name);
    devTools.on(
        "Runtime.bindingCalled",
        event -> {
          if (event.get("name").getAsString().equals(BINDING)) {
            listener.accept(event.get("payload").getAsString());
          }
        });
    context.addInitScript(script(plan));
  }

  /** The script with all of its modules, as one function. */
  static String script(String plan) {
    StringBuilder modules = new StringBuilder();
    MODULES.forEach(name -> modules.append(joined(read("streams/" + name + ".js"))));
    return read("injected.js")
        .replace("/*MODULES*/", modules)
        .replace("/*PLAN*/", "const PLAN = " + plan + ";");
  }

  /** A module's text as part of a larger one: the names of the others are there already. */
  private static String joined(String module) {
    return module.replaceAll("(?m)^import .*\n", "").replaceAll("(?m)^export ", "");
  }

  private static String read(String name) {
    try (InputStream in = Objects.requireNonNull(PageStreams.class.getResourceAsStream(name))) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
