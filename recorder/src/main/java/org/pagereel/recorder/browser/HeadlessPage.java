package org.pagereel.recorder.browser;

import com.google.gson.JsonObject;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.BrowserType;
import com.microsoft.playwright.CDPSession;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Playwright;
import com.microsoft.playwright.PlaywrightException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Base64;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.pagereel.recorder.FailureCategory;
import org.pagereel.recorder.RecordingFailure;

/**
 * Chromium without a screen or sound, with one page that is driven from outside. Belongs to the
 * thread that opened it, like {@link Browser}.
 */
public final class HeadlessPage implements AutoCloseable {
  private final Playwright playwright;
  private BrowserContext context;
  private Page page;
  private CDPSession devTools;
  private @Nullable RecordingFailure broken;

  private HeadlessPage(Playwright playwright) {
    this.playwright = playwright;
  }

  /**
   * Starts Playwright's driver and Chromium with an empty page.
   *
   * @param driver folder of Playwright's driver
   * @param nodeEnvironment of the driver
   */
  public static HeadlessPage open(
      Path driver, Map<String, String> nodeEnvironment, HeadlessSettings settings) {
    System.setProperty("playwright.cli.dir", driver.toString());
    HeadlessPage opened =
        new HeadlessPage(Playwright.create(new Playwright.CreateOptions().setEnv(nodeEnvironment)));
    try {
      opened.launch(settings);
      return opened;
    } catch (PlaywrightException e) {
      opened.close();
      throw new RecordingFailure(
          FailureCategory.INTERNAL,
          "Cannot start the browser: " + PlaywrightReason.of(e) + ". Run ./pagereel doctor.",
          e);
    } catch (Throwable e) {
      opened.close();
      throw e;
    }
  }

  private void launch(HeadlessSettings settings) {
    context =
        playwright
            .chromium()
            .launchPersistentContext(
                settings.profile(),
                new BrowserType.LaunchPersistentContextOptions()
                    .setExecutablePath(settings.executable())
                    .setChromiumSandbox(true)
                    .setHeadless(true)
                    .setViewportSize(settings.width(), settings.height())
                    .setAcceptDownloads(false)
                    // The script that drives the page must reach the recorder.
                    .setBypassCSP(true)
                    .setEnv(settings.environment())
                    .setTimeout(30_000)
                    .setArgs(BrowserFlags.headless(settings)));
    page = context.pages().getFirst();
    devTools = context.newCDPSession(page);
    PageManners.teach(context, page, devTools, PageListener.NOBODY);
    page.onCrash(crashed -> broken("The page crashed its renderer", null));
  }

  /**
   * Opens the address; the script is there before the page's own.
   *
   * @throws RecordingFailure the page cannot be opened
   */
  public void navigate(String url, String script, Duration timeout) {
    context.addInitScript(script);
    try {
      Navigation.begin(page, url, timeout);
    } catch (PlaywrightException e) {
      throw NavigationFailure.of(url, PlaywrightReason.of(e));
    }
  }

  /** Begins to evaluate an expression; what comes of it is not waited for. */
  public void start(String expression) {
    JsonObject call = new JsonObject();
    call.addProperty("expression", "void " + expression);
    call.addProperty("userGesture", false);
    try {
      devTools.send("Runtime.evaluate", call);
    } catch (PlaywrightException e) {
      broken("The page cannot be reached: " + PlaywrightReason.of(e), e);
    }
  }

  /** A picture of the page, as PNG. */
  public byte[] screenshot() {
    JsonObject call = new JsonObject();
    call.addProperty("format", "png");
    call.addProperty("optimizeForSpeed", true);
    try {
      return Base64.getDecoder()
          .decode(devTools.send("Page.captureScreenshot", call).get("data").getAsString());
    } catch (PlaywrightException e) {
      throw new RecordingFailure(
          FailureCategory.PAGE, "No picture of the page: " + PlaywrightReason.of(e), e);
    }
  }

  /**
   * Lets events arrive for this long.
   *
   * @throws RecordingFailure the page or the browser died
   */
  public void pump(Duration time) {
    try {
      page.waitForTimeout((double) time.toMillis());
    } catch (PlaywrightException e) {
      broken("The browser died: " + PlaywrightReason.of(e), e);
    }
    if (broken != null) {
      throw broken;
    }
  }

  private void broken(String what, @Nullable Throwable cause) {
    if (broken == null) {
      broken =
          cause == null
              ? new RecordingFailure(FailureCategory.PAGE, what)
              : new RecordingFailure(FailureCategory.INTERNAL, what, cause);
    }
  }

  @Override
  public void close() {
    playwright.close();
  }
}
