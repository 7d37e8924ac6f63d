package org.pagereel.recorder.browser;

import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Route;
import java.util.regex.Pattern;
import org.pagereel.recorder.ReadySignal;

/**
 * Watches for one ready signal. A new signal is a record in {@link ReadySignal} and a case here.
 */
interface ReadyWatch {
  /** Whether the page has given the signal; asked again and again while events are pumped. */
  boolean isGiven();

  /** Takes away what the watch has put between the page and its servers. */
  default void leave() {}

  /** Arms the watch before the page is opened, so that no early signal is missed. */
  static ReadyWatch of(ReadySignal signal, Page page, PageScript script, PageVoice voice) {
    return switch (signal) {
      case ReadySignal.Load() -> {
        Flag given = new Flag();
        page.onLoad(loaded -> given.raise(!loaded.url().startsWith("data:")));
        yield given;
      }
      case ReadySignal.Notify() -> {
        Flag given = new Flag();
        page.context().exposeBinding("__pagereelReady", (source, none) -> given.raise(true));
        page.context().addInitScript("navigator.notifyReady = () => { __pagereelReady(); };");
        yield given;
      }
      case ReadySignal.Console() -> {
        Flag given = new Flag();
        voice.onWord(word -> given.raise(word.equals(PageVoice.START)));
        yield given;
      }
      case ReadySignal.Put() -> {
        Flag given = new Flag();
        page.context().route(RECORDS_READY, route -> answer(route, given));
        yield new Routed(given, page.context());
      }
      case ReadySignal.Selector(String css) -> () -> script.evaluate(visible(css));
    };
  }

  /** Whatever host a vendor's page calls: only the path tells. */
  Pattern RECORDS_READY = Pattern.compile("^https?://[^/]+/([^?#]*/)?records/ready([?#].*)?$");

  private static String visible(String css) {
    return "(e => !!e && e.getClientRects().length > 0"
        + " && getComputedStyle(e).visibility === 'visible')"
        + "(document.querySelector("
        + PageScript.quote(css)
        + "))";
  }

  private static void answer(Route route, Flag given) {
    String method = route.request().method();
    if (!method.equals("PUT") && !method.equals("POST")) {
      route.fallback();
      return;
    }
    route.fulfill(
        new Route.FulfillOptions()
            .setStatus(200)
            .setContentType("application/json")
            .setBody("{\"msg\":\"Success\",\"code\":0,\"ts\":" + System.currentTimeMillis() + "}"));
    given.raise(true);
  }

  /**
   * A signal that is a request of the page. While it is awaited, every request of the page goes
   * through Playwright's node, and nothing comes from the cache.
   */
  final class Routed implements ReadyWatch {
    private final Flag given;
    private final BrowserContext context;

    private Routed(Flag given, BrowserContext context) {
      this.given = given;
      this.context = context;
    }

    @Override
    public boolean isGiven() {
      return given.isGiven();
    }

    @Override
    public void leave() {
      context.unroute(RECORDS_READY);
    }
  }

  /** A signal that comes by itself. */
  final class Flag implements ReadyWatch {
    private boolean given;

    Object raise(boolean isSignal) {
      given |= isSignal;
      return given;
    }

    @Override
    public boolean isGiven() {
      return given;
    }
  }
}
