package org.pagereel.recorder.browser;

import com.google.gson.JsonObject;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.CDPSession;
import com.microsoft.playwright.Page;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.pagereel.recorder.ShownAddress;

/**
 * What the page says: the two words that it may log, that it is out of its room, and what went
 * wrong in it.
 *
 * <p>The words are looked for in the page. Playwright's console events would bring every message of
 * every page here, with a handle for each argument that is kept for as long as its document: a page
 * that logs much would fill both heaps.
 */
final class PageVoice {
  static final String START = "START_RECORDING";
  static final String END = "END_RECORDING";

  /** Of each kind; whoever reads a report has understood by then. */
  private static final int MAX_COMPLAINTS = 20;

  /** What the page says reaches us sooner. */
  private static final long MOST_LATE_MILLIS = 10_000;

  private static final String LISTEN =
      """
      {
      const words = new Set(['%s', '%s']); // each once: a page may log it in a loop
      for (const name of ['log', 'info', 'warn', 'error', 'debug']) {
        console[name] = new Proxy(console[name], {
          apply(method, self, said) {
            const word = said.length === 1 && typeof said[0] === 'string' ? said[0].trim() : '';
            if (words.delete(word)) __pagereelHears(word);
            return Reflect.apply(method, self, said);
          },
        });
      }
      }
      """
          .formatted(START, END);

  private static final String FAREWELL =
      "navigator.notifyLeft = () => { __pagereelLeft(Date.now()); };";

  private final List<Consumer<String>> listeners = new ArrayList<>();
  private final PageListener listener;
  private int errors;
  private int failed;

  private PageVoice(PageListener listener) {
    this.listener = listener;
  }

  /** From now on; pages that are open already are not heard. */
  static PageVoice hear(
      BrowserContext context, Page page, CDPSession devTools, PageListener listener) {
    PageVoice voice = new PageVoice(listener);
    context.exposeBinding("__pagereelHears", (source, words) -> voice.said((String) words[0]));
    context.addInitScript(LISTEN);
    context.exposeBinding("__pagereelLeft", (source, at) -> voice.left(at[0]));
    context.addInitScript(FAREWELL);
    page.onPageError(voice::threw);
    devTools.send("Log.enable");
    devTools.on("Log.entryAdded", event -> voice.logged(Entry.of(event)));
    return voice;
  }

  /** Told each word of the two that the page logs. */
  void onWord(Consumer<String> told) {
    listeners.add(told);
  }

  /** Whether a script of the page has failed. */
  boolean hasFailed() {
    return errors > 0;
  }

  private Object said(String word) {
    listeners.forEach(told -> told.accept(word));
    return true;
  }

  /** The page's clock is this machine's; of a page that has put another in its place it is now. */
  private Object left(Object at) {
    long ago = at instanceof Number millis ? System.currentTimeMillis() - millis.longValue() : 0;
    listener.left(Duration.ofMillis(ago > 0 && ago < MOST_LATE_MILLIS ? ago : 0));
    return true;
  }

  private void threw(String error) {
    if (errors++ < MAX_COMPLAINTS) {
      listener.warning("script", Quote.of(error));
    }
  }

  private void logged(Entry entry) {
    if (entry.source().equals("network")
        && entry.level().equals("error")
        && failed++ < MAX_COMPLAINTS) {
      listener.warning("resource", Quote.of(entry.text() + entry.where()));
    }
  }

  /** The browser's own entry in the page's console, as {@code Log.entryAdded} tells it. */
  private record Entry(String source, String level, String text, @Nullable String url) {
    String where() {
      return url == null ? "" : ": " + ShownAddress.of(url);
    }

    static Entry of(JsonObject event) {
      JsonObject entry = event.getAsJsonObject("entry");
      return new Entry(
          entry.get("source").getAsString(),
          entry.get("level").getAsString(),
          entry.get("text").getAsString(),
          entry.has("url") ? entry.get("url").getAsString() : null);
    }
  }
}
