package org.pagereel.server.faces.demo;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.BrowserType;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Playwright;
import com.microsoft.playwright.PlaywrightException;
import com.microsoft.playwright.options.Proxy;
import java.awt.Color;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * People in demo rooms: real pages in one real browser, each with a context of its own, sending
 * fake cameras over real connections. What they send is described in {@code
 * record-page/pages/room/fake.js}.
 *
 * <p>A user is known by its name, which is unique in here. As with all of Playwright, only the
 * thread that opened this may use it; the pages live on between the calls.
 *
 * <pre>{@code
 * try (Participants people = Participants.open("http://127.0.0.1:8080")) {
 *   people.join("101", "emma", "teacher", "cc3344", 440);
 *   people.share("emma", "22aa55", 880);
 *   people.leave("emma");
 * }
 * }</pre>
 */
public final class Participants implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Participants.class);
  private static final double PATIENCE = 25_000;

  private final String server;
  private final Playwright playwright;
  private final Browser browser;
  private final Map<String, BrowserContext> contexts = new LinkedHashMap<>();

  private Participants(String server, Playwright playwright, Browser browser) {
    this.server = server;
    this.playwright = playwright;
    this.browser = browser;
  }

  /**
   * Starts the browser.
   *
   * @param server such as {@code http://127.0.0.1:8080}, where there is a demo room
   */
  public static Participants open(String server) {
    Path home = Path.of(System.getProperty("pagereel.home"));
    System.setProperty("playwright.cli.dir", home.resolve("recorder/target/playwright").toString());
    Playwright playwright = Playwright.create();
    try {
      return new Participants(server, playwright, playwright.chromium().launch(options()));
    } catch (RuntimeException e) {
      playwright.close();
      throw e;
    }
  }

  private static BrowserType.LaunchOptions options() {
    return new BrowserType.LaunchOptions()
        .setExecutablePath(executable())
        .setHeadless(true)
        // These are our own pages, and the sandbox refuses root. (Playwright's default, too.)
        .setChromiumSandbox(false)
        .setArgs(
            List.of(
                "--disable-gpu",
                "--autoplay-policy=no-user-gesture-required",
                // Takes the place of Playwright's list, which these pages do not need.
                "--disable-features=WebRtcHideLocalIpsWithMdns"));
  }

  /** Which browser: as the product chooses it. */
  private static Path executable() {
    String named = System.getenv("PAGEREEL_BROWSER");
    return named != null && !named.isEmpty()
        ? Path.of(named)
        : Stream.of(System.getenv("PATH").split(":", -1))
            .map(folder -> Path.of(folder, "chromium"))
            .filter(Files::isExecutable)
            .findFirst()
            .orElseThrow();
  }

  /** Like the one below, without further options. */
  public Page join(String room, String user, String role, String color, int pitch) {
    return join(room, user, role, color, pitch, "");
  }

  /**
   * Joins and waits until it is done. The camera flashes and beeps from the next second or two on.
   *
   * @param role teacher or student
   * @param color of the camera picture, as RRGGBB
   * @param pitch of the beeps in Hz
   * @param more of the page's query, such as {@code &size=320x240&draw=1&listen=0}. Who does not
   *     listen receives nobody, which saves decoding and encoding; recorders receive it all the
   *     same
   */
  public Page join(String room, String user, String role, String color, int pitch, String more) {
    return visit(
        user,
        "/record-page/room/?media=fake&room=%s&user=%s&role=%s&color=%s&pitch=%d%s"
            .formatted(room, user, role, color, pitch, more));
  }

  /**
   * Joins with a server that takes a message at once, and says so only 400 ms later.
   *
   * @param polite whether this user, or the other one of the same call, gives way when both offer
   *     media at once
   */
  Page joinSlowly(
      String room, String user, String role, String color, boolean slow, boolean polite) {
    return visit(
        user,
        "/record-page/room/?media=fake&room=%s&user=%s&role=%s&color=%s&pitch=440"
            .formatted(room, user, role, color),
        """
        const post = window.fetch;
        window.fetch = async (address, options) => {
          const answer = await post(address, options);
          if (%s && options?.method === "POST") await new Promise((done) => setTimeout(done, 400));
          return answer;
        };
        crypto.getRandomValues = (numbers) => numbers.fill(%d);
        """
            .formatted(slow, polite ? 1 : 2));
  }

  private Page visit(String user, String path) {
    return visit(user, path, "");
  }

  private Page visit(String user, String path, String script) {
    if (contexts.containsKey(user)) {
      throw new IllegalArgumentException(user + " has joined already: use rejoin");
    }
    BrowserContext context =
        browser.newContext(new Browser.NewContextOptions().setViewportSize(960, 600));
    contexts.put(user, context);
    context.setDefaultTimeout(PATIENCE);
    context.addInitScript(script);
    Page page = context.newPage();
    page.onConsoleMessage(message -> {
      if (List.of("error", "warning").contains(message.type())) {
        LOG.warn("{}: {}", user, message.text());
      }
    });
    page.onPageError(error -> LOG.error("{}: {}", user, error));
    page.navigate(server + path);
    page.waitForFunction("() => window.room?.state === 'joined'");
    return page;
  }

  /** Leaves in an orderly way. The page stays, for {@link #rejoin}. */
  public void leave(String user) {
    page(user).evaluate("() => room.leave()");
  }

  /** Comes back, with a new stream that looks and sounds like the first. */
  public void rejoin(String user) {
    page(user).evaluate("() => room.join()");
  }

  /** Closes the page: the others hear of it as they do when somebody closes a window. */
  public void close(String user) {
    page(user).close(new Page.CloseOptions().setRunBeforeUnload(false));
    contexts.remove(user).close();
  }

  /**
   * Lets the page crash without a word; the others notice after about 15 s. The user may {@link
   * #join} again at once.
   */
  public void crash(String user) {
    try {
      page(user).navigate("chrome://crash", new Page.NavigateOptions().setTimeout(5_000));
    } catch (PlaywrightException crashed) {
      LOG.info("{}'s page has crashed", user);
    }
    contexts.remove(user).close();
  }

  /** Publishes a second stream of kind screen, 1280x720, with a colour and a pitch of its own. */
  public void share(String user, String color, int pitch) {
    page(user).evaluate("([color, pitch]) => room.share(color, pitch)", List.of(color, pitch));
  }

  public void unshare(String user) {
    page(user).evaluate("() => room.unshare()");
  }

  /** Turns the camera off or on: the stream loses its picture and gets it back, its sound stays. */
  public void camera(String user, boolean on) {
    page(user).evaluate("on => room.camera(on)", on);
  }

  /** Draws the stroke that belongs to a second, on everybody's board; {@code scribble.js}. */
  public void draw(String user, int second) {
    page(user).evaluate("second => room.draw(second)", second);
  }

  /** Empties everybody's board; the user has to be a teacher. */
  public void clear(String user) {
    page(user).evaluate("() => room.clear()");
  }

  /** How many pieces of ink the user sees. */
  public int pieces(String user) {
    return (Integer) page(user).evaluate("() => room.pieces()");
  }

  /** Waits until the user sees so many pieces of ink. */
  public void awaitPieces(String user, int pieces) {
    page(user).waitForFunction("pieces => room.pieces() === pieces", pieces);
  }

  /** Waits until the user sees exactly these others. */
  public void awaitOthers(String user, List<String> others) {
    page(user)
        .waitForFunction(
            "others => room.others().sort().join() === others", String.join(",", sorted(others)));
  }

  /**
   * The colour at the left edge of a tile's picture, waited for until there is one.
   *
   * @param of whose tile on the user's page
   * @param kind camera or screen
   */
  public Color colour(String user, String of, String kind) {
    String video = "figure[data-user='%s'][data-kind='%s'] video".formatted(of, kind);
    page(user).waitForFunction("video => document.querySelector(video)?.videoWidth > 0", video);
    Object value =
        page(user)
            .evaluate(
                """
                async selector => {
                  const video = document.querySelector(selector);
                  await new Promise(done => video.requestVideoFrameCallback(done));
                  const canvas = new OffscreenCanvas(video.videoWidth, video.videoHeight);
                  const ctx = canvas.getContext("2d");
                  ctx.drawImage(video, 0, 0);
                  const [r, g, b] = ctx.getImageData(video.videoWidth / 16, video.videoHeight / 2, 1, 1).data;
                  return (r << 16) + (g << 8) + b;
                }\
                """,
                video);
    return new Color((Integer) value);
  }

  /** The user's page, for whatever else is to be looked at. */
  public Page page(String user) {
    BrowserContext context = contexts.get(user);
    if (context == null) {
      throw new IllegalArgumentException(user + " has not joined");
    }
    return context.pages().getFirst();
  }

  /**
   * A page of the server that is no participant, such as the recording page, in a context of its
   * own.
   *
   * @param proxy host:port through which it reaches the server, as recorded pages do; null for none
   */
  public Page look(String path, @Nullable String proxy) {
    Browser.NewContextOptions options = new Browser.NewContextOptions().setViewportSize(1280, 960);
    if (proxy != null) {
      options.setProxy(new Proxy("http://" + proxy));
    }
    Page page = browser.newContext(options).newPage();
    page.onPageError(error -> LOG.error("{}: {}", path, error));
    page.setDefaultTimeout(PATIENCE);
    page.navigate(server + path);
    return page;
  }

  private static List<String> sorted(List<String> names) {
    return names.stream().sorted().toList();
  }

  @Override
  public void close() {
    browser.close();
    playwright.close();
  }
}
