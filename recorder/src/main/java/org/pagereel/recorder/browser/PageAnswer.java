package org.pagereel.recorder.browser;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.microsoft.playwright.CDPSession;
import com.microsoft.playwright.PlaywrightException;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * Asks the page for signs of life: an answer of its main thread, and a frame, which its compositor
 * and the browser's GPU process give together. The question is asked in a JavaScript world of its
 * own, so that a page which has replaced {@code requestAnimationFrame} or the timers is asked all
 * the same.
 */
final class PageAnswer {
  private static final String WORLD = "pagereel";

  /**
   * False if no frame came within a second. A page that still loads may wait for a style sheet
   * before it draws, so nothing is expected of it.
   */
  private static final String FRAME =
      "Promise.race(["
          + "new Promise(done => requestAnimationFrame(() => done(true))),"
          + "new Promise(done => setTimeout(() => done(document.readyState !== 'complete'), 1000))"
          + "])";

  /** Text that is not hidden, a picture, a video that plays, another page inside. */
  private static final String CONTENT =
      "!!document.body && (document.body.innerText.trim() !== ''"
          + " || [...document.querySelectorAll('img, video, iframe')].some("
          + "e => e.naturalWidth > 0 || e.videoWidth > 0 || e.localName === 'iframe'))";

  private final CDPSession devTools;
  private final PageScript script;
  private final AtomicLong answers = new AtomicLong();
  private final AtomicLong frames = new AtomicLong();
  private @Nullable JsonElement frame;
  private volatile boolean isAsked;

  PageAnswer(CDPSession devTools, PageScript script) {
    this.devTools = devTools;
    this.script = script;
  }

  /** Asks, and waits for the answer however long it takes. */
  void await() {
    isAsked = true;
    try {
      if (script.evaluate(FRAME, enter())) {
        frames.incrementAndGet();
      }
    } catch (PlaywrightException e) {
      // It went to another address meanwhile, which is a sign of life. If it is dead, the next pump
      // says so.
      frame = null;
      frames.incrementAndGet();
    }
    answers.incrementAndGet();
  }

  /** Whether the page has anything that could be seen; false while it goes somewhere else. */
  boolean hasContent() {
    try {
      return script.evaluate(CONTENT, enter());
    } catch (PlaywrightException e) {
      frame = null;
      return false;
    }
  }

  /** It will not be asked for a while, such as while it loads. */
  void rest() {
    isAsked = false;
  }

  /** Whether signs are due. */
  boolean isAsked() {
    return isAsked;
  }

  long answers() {
    return answers.get();
  }

  long frames() {
    return frames.get();
  }

  /**
   * The world's number. It is asked for each time: a page that goes to another address may be in
   * another process, where this number is that of a frame's own world.
   */
  private int enter() {
    if (frame == null) {
      JsonObject tree = devTools.send("Page.getFrameTree").getAsJsonObject("frameTree");
      frame = tree.getAsJsonObject("frame").get("id");
    }
    JsonObject wanted = new JsonObject();
    wanted.add("frameId", frame);
    wanted.addProperty("worldName", WORLD);
    return devTools.send("Page.createIsolatedWorld", wanted).get("executionContextId").getAsInt();
  }
}
