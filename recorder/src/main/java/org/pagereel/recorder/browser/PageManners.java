package org.pagereel.recorder.browser;

import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.CDPSession;
import com.microsoft.playwright.Page;

/** Refuses what a recorded page must not do, and says so: dialogs, pop-ups, downloads, printing. */
final class PageManners {
  /** An address that some program of the machine would open, after the browser has asked. */
  private static final String NO_PROGRAMS =
      """
      navigation.addEventListener('navigate', event => {
        const url = event.destination.url;
        if (event.cancelable && !/^(https?|data|blob|about|javascript|file|chrome-error):/i.test(url)) {
          event.preventDefault();
          __pagereelCalls(url);
        }
      });
      """;

  private PageManners() {}

  static void teach(BrowserContext context, Page page, CDPSession devTools, PageListener listener) {
    page.onDialog(dialog -> {
      listener.warning("dialog", dialog.type() + " dismissed: " + Quote.of(dialog.message()));
      dialog.dismiss();
    });
    page.onDownload(download -> {
      listener.warning("download", "refused: " + Quote.of(download.url()));
      download.cancel();
    });
    devTools.send("Page.enable");
    devTools.on(
        "Page.windowOpen",
        event -> listener.warning("popup", "refused: " + Quote.of(event.get("url").getAsString())));
    context.onPage(other -> {
      // The flag against new windows should have prevented it; never let one cover the page.
      listener.warning("popup", "closed: " + Quote.of(other.url()));
      other.close();
    });
    // A print dialog is the browser's own window and would stand on the screen for good.
    context.addInitScript("window.print = () => {};");
    context.exposeBinding(
        "__pagereelCalls",
        (source, urls) -> {
          listener.warning("program", "refused: " + Quote.of((String) urls[0]));
          return null;
        });
    context.addInitScript(NO_PROGRAMS);
  }
}
