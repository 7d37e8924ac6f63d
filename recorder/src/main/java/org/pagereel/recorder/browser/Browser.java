package org.pagereel.recorder.browser;

import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.BrowserType;
import com.microsoft.playwright.CDPSession;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Playwright;
import com.microsoft.playwright.PlaywrightException;
import com.microsoft.playwright.TimeoutError;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import org.pagereel.recorder.Durations;
import org.pagereel.recorder.FailureCategory;
import org.pagereel.recorder.ReadySignal;
import org.pagereel.recorder.RecordingFailure;
import org.pagereel.recorder.ShownAddress;
import org.pagereel.recorder.liveness.Probe;

/**
 * Chromium with the one page that is recorded. Everything here belongs to the thread that opened
 * it, and events arrive only while that thread is inside {@link #pump} or another call.
 */
public final class Browser implements AutoCloseable {
  private static final Duration BETWEEN_TRIES = Duration.ofSeconds(1);
  private static final Duration BETWEEN_LOOKS = Duration.ofMillis(20);

  /** Two frames of the page, then time for the compositor to bring them to the screen. */
  private static final String PAINTED =
      "Promise.race(["
          + "new Promise(done => setTimeout(done, 1000)),"
          + "new Promise(done => requestAnimationFrame(() => requestAnimationFrame("
          + "() => setTimeout(done, 60))))])";

  private final Playwright playwright;
  private final PageListener listener;
  private BrowserContext context;
  private Page page;
  private PageScript script;
  private PageAnswer answer;
  private PageVoice voice;
  private CDPSession devTools;
  private boolean closing;

  private Browser(Playwright playwright, PageListener listener) {
    this.playwright = playwright;
    this.listener = listener;
  }

  /** Starts Playwright's driver, the slower half, before there is a screen. */
  public static Browser prepare(
      java.nio.file.Path driver, Map<String, String> environment, PageListener listener) {
    System.setProperty("playwright.cli.dir", driver.toString());
    return new Browser(
        Playwright.create(new Playwright.CreateOptions().setEnv(environment)), listener);
  }

  /** Starts Chromium with an empty page on the screen. */
  public void launch(BrowserSettings settings) {
    try {
      context =
          playwright
              .chromium()
              .launchPersistentContext(
                  settings.profile(),
                  new BrowserType.LaunchPersistentContextOptions()
                      .setExecutablePath(settings.executable())
                      .setChromiumSandbox(true)
                      .setHeadless(false)
                      .setViewportSize(null)
                      .setAcceptDownloads(false)
                      .setIgnoreDefaultArgs(BrowserFlags.NOT_WANTED)
                      .setEnv(settings.environment())
                      .setTimeout(30_000)
                      .setArgs(BrowserFlags.of(settings)));
    } catch (PlaywrightException e) {
      throw new RecordingFailure(
          FailureCategory.INTERNAL,
          "Cannot start the browser: " + PlaywrightReason.of(e) + ". Run ./pagereel doctor.",
          e);
    }
    page = context.pages().getFirst();
    devTools = context.newCDPSession(page);
    script = new PageScript(devTools);
    answer = new PageAnswer(devTools, script);
    PageManners.teach(context, page, devTools, listener);
    page.onCrash(crashed -> fail(FailureCategory.PAGE, "The page crashed its renderer"));
    page.onClose(
        closed -> whenOpen(() -> fail(FailureCategory.INTERNAL, "The browser closed the page")));
    voice = PageVoice.hear(context, page, devTools, listener);
    voice.onWord(word -> {
      if (word.equals(PageVoice.END)) {
        listener.ended("the page logged " + PageVoice.END);
      }
    });
  }

  /**
   * Opens the address and waits until the page is ready and painted.
   *
   * @param patient a page that cannot be opened is tried again until the time-out
   * @param confirmed asked often; true stands for the signal
   * @param stopped asked often; true ends the waiting
   * @return false when stopped before the page was ready
   * @throws RecordingFailure the page cannot be opened, or is not ready in time
   */
  public boolean open(
      String url,
      ReadySignal signal,
      Duration timeout,
      boolean patient,
      BooleanSupplier confirmed,
      BooleanSupplier stopped) {
    long deadline = System.nanoTime() + timeout.toNanos();
    answer.rest();
    ReadyWatch ready = ReadyWatch.of(signal, page, script, voice);
    while (!stopped.getAsBoolean() && !opened(url, timeout, deadline, patient, stopped)) {
      pump(BETWEEN_TRIES);
    }
    while (!stopped.getAsBoolean()) {
      if (System.nanoTime() > deadline) {
        throw notReady(signal, timeout);
      }
      try {
        if (ready.isGiven() || confirmed.getAsBoolean()) {
          ready.leave();
          script.evaluate(PAINTED);
          return !stopped.getAsBoolean();
        }
      } catch (PlaywrightException e) {
        // The page went on to another address: look at that one. (Or it was killed: see above.)
      }
      pump(BETWEEN_LOOKS);
    }
    return false;
  }

  /**
   * Lets the page hand over its streams; before it is opened.
   *
   * @param plan JSON: which streams are recorded, and how; see {@link PageStreams}
   * @param listener gets what the page's script says, from within {@link #pump}
   */
  public void acceptStreams(String plan, Consumer<String> listener) {
    PageStreams.install(context, devTools, plan, listener);
  }

  /** The page's {@code performance.now()}, in microseconds; empty while it goes somewhere else. */
  public OptionalLong clock() {
    try {
      return OptionalLong.of(Math.round(script.number("performance.now() * 1000")));
    } catch (PlaywrightException e) {
      return OptionalLong.empty();
    }
  }

  /** Asks these streams of the page for a keyframe. */
  public void requestKeyframes(List<Long> streams) {
    try {
      script.evaluate("window.__pagereelKey?.(" + streams + ")");
    } catch (PlaywrightException e) {
      // The page is on its way to another address, or dead, as the next pump will tell.
    }
  }

  /** Asks the page for a sign of life, and waits for it however long that takes. */
  public void askPage() {
    answer.await();
  }

  /**
   * What must give signs of life once {@link #askPage} is called, and while a page loads not.
   *
   * @param paints the number of paints that reached the screen: a page may draw a frame in more
   *     time than it is given for an answer
   */
  public List<Probe> probes(LongSupplier paints) {
    return List.of(
        new Probe(
            "The page",
            "has not answered",
            FailureCategory.PAGE,
            answer::answers,
            answer::isAsked,
            true),
        new Probe(
            "The browser's compositor",
            "has drawn no frame",
            FailureCategory.INTERNAL,
            () -> answer.frames() + paints.getAsLong(),
            answer::isAsked,
            true));
  }

  /**
   * Whether the page has anything to show, or a script that failed and may have kept it from it.
   */
  public boolean shouldShowSomething() {
    return answer.hasContent() || voice.hasFailed();
  }

  /** Lets events arrive for this long. */
  public void pump(Duration time) {
    try {
      page.waitForTimeout((double) time.toMillis());
    } catch (PlaywrightException e) {
      whenOpen(() -> fail(FailureCategory.INTERNAL, "The browser died: " + PlaywrightReason.of(e)));
    }
  }

  @Override
  public void close() {
    closing = true;
    playwright.close();
  }

  /** False when it is worth another try. */
  private boolean opened(
      String url, Duration timeout, long deadline, boolean patient, BooleanSupplier stopped) {
    Duration left = Duration.ofNanos(Math.max(1_000_000, deadline - System.nanoTime()));
    try {
      navigate(url, timeout, left, stopped);
      return true;
    } catch (RecordingFailure e) {
      boolean again =
          patient
              && e.category() == FailureCategory.PAGE
              && left.compareTo(BETWEEN_TRIES.multipliedBy(2)) > 0;
      if (!again) {
        throw e;
      }
      return false;
    }
  }

  private void navigate(String url, Duration timeout, Duration left, BooleanSupplier stopped) {
    try {
      Navigation.begin(page, url, left);
    } catch (TimeoutError e) {
      throw new RecordingFailure(
          FailureCategory.PAGE,
          "Cannot open " + ShownAddress.of(url) + ": no answer within " + Durations.text(timeout),
          e);
    } catch (PlaywrightException e) {
      if (!stopped.getAsBoolean()) {
        throw NavigationFailure.of(url, PlaywrightReason.of(e));
      }
    }
  }

  private static RecordingFailure notReady(ReadySignal signal, Duration timeout) {
    return new RecordingFailure(
        FailureCategory.PAGE,
        "The page was not ready within " + Durations.text(timeout) + ": " + signal.missing());
  }

  private void fail(FailureCategory category, String message) {
    listener.failed(new RecordingFailure(category, message));
  }

  private void whenOpen(Runnable action) {
    if (!closing) {
      action.run();
    }
  }
}
