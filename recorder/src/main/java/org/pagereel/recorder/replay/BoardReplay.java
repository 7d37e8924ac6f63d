package org.pagereel.recorder.replay;

import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.CancellationException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;
import org.pagereel.recorder.FailureCategory;
import org.pagereel.recorder.RecordingFailure;
import org.pagereel.recorder.ShownAddress;
import org.pagereel.recorder.process.Home;
import org.pagereel.recorder.wire.Json;

/**
 * Makes videos of the whiteboard out of a script of its messages, as fast as the machine can: a
 * page draws the board under a virtual clock (docs/REPLAY_PAGE.md). Belongs to the thread that
 * opened it, which must live as long as it; several may work side by side.
 */
public final class BoardReplay implements AutoCloseable {
  private static final String DRIVER = "driver.js";
  private static final Duration OPENING = Duration.ofSeconds(30);

  /** The {@link Settings#patience} that suits every page that works. */
  public static final Duration PATIENCE = Duration.ofSeconds(30);

  private static final Duration BETWEEN_LOOKS = Duration.ofMillis(20);
  private static final int SMALLEST = 16; // pixels a side, for the encoder

  private final Settings settings;
  private final BoardPictures pictures;
  private final BoardServer server;
  private final ScheduledExecutorService watch =
      Executors.newSingleThreadScheduledExecutor(
          Thread.ofPlatform().daemon().name("replay-watch").factory());
  private @Nullable BoardStage stage;
  private Map<String, Long> ignored = Map.of();
  private int parts;
  private volatile long reachedMillis;
  private boolean broken;

  /**
   * What is shown, and how.
   *
   * @param script lines of board messages (docs/BOARD_MESSAGES.md), ascending in time
   * @param width of the video in pixels, as is {@code height}; made even and at least 16
   * @param ratio width by height of the board until a message changes it; null for 16:9
   * @param fps pictures per second at the most
   * @param page http or https address of a replay page; null for ours
   * @param proxy host:port that the page and its pictures come through; null for none
   * @param patience an answer of the page may take so long
   */
  public record Settings(
      Path script,
      int width,
      int height,
      @Nullable Double ratio,
      int fps,
      int bitrateKbps,
      @Nullable String page,
      @Nullable String proxy,
      Duration patience) {
    public Settings {
      width = even(width);
      height = even(height);
    }

    /** A page that lives says something every second; one that is busy for ever cannot. */
    private Duration silence() {
      return patience.plusSeconds(5);
    }

    /** A page that went to another address lives, too, and knows nothing of what it was asked. */
    private Duration idleness() {
      return patience.multipliedBy(4);
    }

    private static int even(int side) {
      return Math.max(SMALLEST, (side + 1) / 2 * 2);
    }
  }

  private BoardReplay(Settings settings) throws IOException {
    this.settings = settings;
    pictures = new BoardPictures(settings.proxy());
    server = new BoardServer(Home.pages(), new BoardScript(settings.script()), pictures);
  }

  /**
   * Starts a browser and opens the page.
   *
   * @throws RecordingFailure the browser does not start or the page cannot be opened
   */
  public static BoardReplay open(Settings settings) {
    try {
      BoardReplay replay = new BoardReplay(settings);
      try {
        replay.start();
        return replay;
      } catch (Throwable e) {
        replay.close();
        throw e;
      }
    } catch (IOException e) {
      throw new RecordingFailure(
          FailureCategory.INTERNAL, "Cannot serve the replay page: " + e.getMessage(), e);
    }
  }

  private void start() throws IOException {
    String page = settings.page();
    BoardStage set =
        BoardStage.set(
            settings.width(),
            settings.height(),
            settings.proxy(),
            server.port(),
            page == null ? null : origin(page));
    stage = set;
    set.page()
        .navigate(
            page == null ? server.address() + "pages/replay/index.html" : page, driver(), OPENING);
  }

  /**
   * Makes the video of a span of the class; its time zero is the span's beginning, and it is as
   * long as the span. It has a picture where something changes, and a few more.
   *
   * <p>Spans in ascending order are quickest: to go back, everything is replayed from the
   * beginning.
   *
   * @param target appears when it is complete; Matroska, H.264, BT.709
   * @param fromMillis of the class
   * @param toMillis of the class, exclusive
   * @param cancelled asked often; true ends it
   * @return the number of pictures
   * @throws RecordingFailure the page misbehaves or the file cannot be written; this is then good
   *     for nothing but being closed
   * @throws CancellationException it was cancelled; likewise
   */
  public long render(Path target, long fromMillis, long toMillis, BooleanSupplier cancelled) {
    if (fromMillis < 0 || toMillis <= fromMillis) {
      throw new IllegalArgumentException("no span: " + fromMillis + " to " + toMillis);
    }
    BoardStage set = stage;
    if (broken || set == null) {
      throw new IllegalStateException("the replay has failed before");
    }
    BoardPart part = new BoardPart(++parts, target, settings.width(), settings.height());
    reachedMillis = fromMillis;
    broken = true;
    AtomicBoolean silent = new AtomicBoolean();
    server.expect(part);
    Future<?> watching =
        watch.scheduleWithFixedDelay(() -> watch(set, silent), 1, 1, TimeUnit.SECONDS);
    try {
      set.page()
          .start(
              "window.__pagereelRender?.({part: %d, from: %d, to: %d})"
                  .formatted(part.number(), fromMillis, toMillis));
      follow(set, part, fromMillis, cancelled);
      part.finish();
      broken = false;
      reachedMillis = toMillis;
      return part.pictures();
    } catch (IOException e) {
      throw new RecordingFailure(
          FailureCategory.INTERNAL, "Writing " + target.getFileName() + ": " + e.getMessage(), e);
    } catch (RecordingFailure e) {
      throw silent.get() ? unanswered() : e;
    } finally {
      watching.cancel(false);
      server.expect(null);
      abandon(part);
    }
  }

  /**
   * The time up to which the current span is rendered, in milliseconds of the class. Any thread.
   */
  public long reachedMillis() {
    return reachedMillis;
  }

  /** Addresses of pictures that could not be shown, each with the reason. */
  public Set<String> missing() {
    return pictures.missing();
  }

  /** The actions up to now for which nothing was drawn, counted by their numbers. */
  public Map<String, Long> ignored() {
    return ignored;
  }

  private void follow(BoardStage set, BoardPart part, long from, BooleanSupplier cancelled) {
    while (true) {
      if (cancelled.getAsBoolean()) {
        throw new CancellationException("the replay was cancelled");
      }
      switch (await()) {
        case BoardNews.Shot(var answer) -> answer.complete(set.page().screenshot());
        case BoardNews.Done(int number, Map<String, Long> counts) when number == part.number() -> {
          ignored = Map.copyOf(counts);
          return;
        }
        case BoardNews.Failed(int number, String reason) when number == part.number() ->
            throw new RecordingFailure(
                FailureCategory.PAGE, "The replay page " + shownPage() + " failed: " + reason);
        case null, default -> {
          reachedMillis = from + part.reachedMillis();
          set.page().pump(Duration.ofMillis(1));
        }
      }
    }
  }

  private @Nullable BoardNews await() {
    try {
      return server.await(BETWEEN_LOOKS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new CancellationException("the replay was interrupted");
    }
  }

  /** Playwright waits for a page that does not answer; without its browser it gives up. */
  private void watch(BoardStage set, AtomicBoolean silent) {
    boolean lost =
        server.silence().compareTo(settings.silence()) > 0
            || server.idleness().compareTo(settings.idleness()) > 0;
    if (lost && silent.compareAndSet(false, true)) {
      set.kill();
    }
  }

  private RecordingFailure unanswered() {
    return new RecordingFailure(
        FailureCategory.PAGE,
        "The replay page %s did not answer within %d s; it was asked: %s"
            .formatted(shownPage(), settings.patience().toSeconds(), server.asked()));
  }

  private String shownPage() {
    String page = settings.page();
    return page == null ? "(ours)" : ShownAddress.of(page);
  }

  private static void abandon(BoardPart part) {
    try {
      part.abandon();
    } catch (IOException | RecordingFailure e) {
      // What is left of it begins with a dot and is overwritten by the next try.
    }
  }

  private String driver() throws IOException {
    Map<String, Object> given = new LinkedHashMap<>();
    given.put("base", server.address());
    given.put("width", settings.width());
    given.put("height", settings.height());
    if (settings.ratio() != null) {
      given.put("ratio", settings.ratio());
    }
    given.put("fps", settings.fps());
    given.put("bitrate", settings.bitrateKbps() * 1000);
    given.put("patience", settings.patience().toMillis());
    try (InputStream in = Objects.requireNonNull(BoardReplay.class.getResourceAsStream(DRIVER))) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8)
          .replace("/*SETTINGS*/ {}", Json.LINES.writeValueAsString(given));
    }
  }

  private static String origin(String page) {
    URI uri = URI.create(page);
    return uri.getScheme() + "://" + uri.getRawAuthority();
  }

  @Override
  public void close() {
    watch.shutdownNow();
    if (stage != null) {
      stage.close();
    }
    server.close();
    pictures.close();
  }
}
