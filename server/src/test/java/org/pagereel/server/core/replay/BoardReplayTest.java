package org.pagereel.server.core.replay;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.microsoft.playwright.Playwright;
import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import javax.imageio.ImageIO;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.pagereel.recorder.FailureCategory;
import org.pagereel.recorder.RecordingFailure;
import org.pagereel.recorder.process.Home;
import org.pagereel.recorder.replay.BoardReplay;
import org.pagereel.server.LeftoverCheck;
import org.pagereel.server.SideBySide;
import org.pagereel.server.TestPages;
import org.pagereel.server.WholeMachine;
import org.pagereel.server.platform.network.AddressPolicy;
import org.pagereel.server.platform.network.OwnService;
import org.pagereel.server.platform.network.PageProxy;
import org.pagereel.server.tools.measure.Decoded;

/** What the board's video shows is what the script says, when it says it. */
@WholeMachine
class BoardReplayTest {
  private static final int WIDTH = 640;
  private static final int HEIGHT = 360; // 16:9, so that the board fills it
  private static final int FPS = 15;
  private static final double FRAME = 1.0 / FPS;

  @TempDir Path folder;
  private TestPages pages;

  /**
   * Playwright keeps the first environment for the whole JVM: that of a replay names a folder that
   * goes with it, and other tests want a browser afterwards.
   */
  @BeforeAll
  static void openDriver() {
    System.setProperty("playwright.cli.dir", Home.playwrightDriver().toString());
    Playwright.create().close();
  }

  @BeforeEach
  void serve() throws IOException {
    pages = new TestPages();
  }

  @AfterEach
  void stop() {
    pages.close();
  }

  /** At this time this point, in board units, goes from white to dark, or back. */
  private record Change(long millis, int x, int y, boolean dark) {}

  @AfterAll
  static void nothingIsLeft() {
    LeftoverCheck.assertNothingLeft();
  }

  @Test
  @SideBySide
  void everythingComesAndGoesAtItsTime() throws Exception {
    String picture = picture();
    Script script =
        new Script()
            .at(1000, stroke(1, 1000, 1000), "{\"action\":2,\"x\":2000,\"y\":1000}")
            .at(1200, "{\"action\":2,\"points\":[3000,1000,4000,1000]}")
            .at(1400, "{\"action\":3,\"x\":5000,\"y\":1000}")
            .at(
                2000,
                "{\"action\":8,\"display\":false,\"lines\":[{\"uid\":\"teacher\",\"seq\":1}]}")
            .at(2500, "{\"action\":8,\"display\":true,\"lines\":[{\"uid\":\"teacher\",\"seq\":1}]}")
            .at(3000, shape(10, 2, "", 1000, 2000, 3000, 2000))
            .at(3200, shape(11, 3, "", 1000, 3000, 3000, 5000))
            .at(3400, shape(12, 4, "\"fillRect\":true,", 5000, 2000, 6000, 3000))
            .at(
                3600,
                "{\"action\":20,\"seq\":5,\"x\":5000,\"y\":4000,\"width\":1000,\"height\":1000,\"url\":\"%s\"}"
                    .formatted(picture))
            .at(4000, "{\"action\":9,\"lines\":[{\"seq\":4}],\"dx\":2000,\"dy\":0}")
            .at(4400, "{\"action\":6,\"x\":9000,\"y\":9000}")
            .at(4800, "{\"action\":7}")
            .at(5000, "{\"action\":401,\"toBoardId\":\"#DEFAULT\",\"page\":2}")
            .at(5400, stroke(6, 8000, 6000), "{\"action\":2,\"x\":9000,\"y\":6000}")
            .at(5800, "{\"action\":401,\"toBoardId\":\"#DEFAULT\",\"page\":1}")
            .at(6200, "{\"action\":102}")
            .at(6600, "{\"action\":201,\"url\":\"%s\"}".formatted(inline()))
            .at(7000, "{\"action\":202}")
            .at(7400, "{\"action\":203,\"color\":%d}".formatted(0x202020ff))
            .at(7800, "{\"action\":101}");
    List<Change> plan =
        List.of(
            new Change(1000, 1500, 1000, true),
            new Change(1200, 3500, 1000, true),
            new Change(1400, 4500, 1000, true),
            new Change(2000, 4500, 1000, false),
            new Change(2500, 1500, 1000, true),
            new Change(3000, 2000, 2000, true),
            new Change(3200, 2000, 3000, true),
            new Change(3400, 5500, 2500, true),
            new Change(3600, 5500, 4500, true),
            new Change(4000, 5500, 2500, false),
            new Change(4000, 7500, 2500, true),
            new Change(4400, 9000, 9000, true),
            new Change(4800, 9000, 9000, false),
            new Change(5000, 7500, 2500, false),
            new Change(5400, 8500, 6000, true),
            new Change(5800, 8500, 6000, false),
            new Change(5800, 1500, 1000, true),
            new Change(6200, 1500, 1000, false),
            new Change(6600, 5000, 8000, true),
            new Change(7000, 5000, 8000, false),
            new Change(7400, 9500, 500, true),
            new Change(7800, 9500, 500, false));
    Path film = folder.resolve("all.mkv");
    try (BoardReplay replay = open(script, null, null)) {
      long pictures = replay.render(film, 0, 12_000, () -> false);
      assertThat(pictures).isBetween(20L, 40L); // where something changes, and little more
      assertThat(replay.missing()).isEmpty();
      assertThat(replay.ignored()).isEmpty();
    }
    assertThat(Decoded.complaints(film)).isEmpty();
    Film seen = Film.of(film, WIDTH, HEIGHT);
    for (Change change : plan) {
      double at = change.millis() / 1000.0;
      assertThat(isDark(seen, at - 0.01, change)).as("before %s", change).isEqualTo(!change.dark());
      assertThat(isDark(seen, at + FRAME, change)).as("after %s", change).isEqualTo(change.dark());
    }
  }

  @Test
  @SideBySide
  void aPartThatBeginsInTheMiddleEqualsTheWhole() throws Exception {
    Script script = new Script();
    for (int i = 0; i < 40; i++) {
      int y = 500 + i * 220;
      script.at(
          i * 250L, stroke(i, 500, y), "{\"action\":2,\"points\":[9000,%d]}".formatted(y + 900));
      if (i % 5 == 4) {
        script.at(
            i * 250L + 100,
            "{\"action\":8,\"display\":false,\"lines\":[{\"seq\":%d}]}".formatted(i - 2));
      }
      if (i == 20) {
        script.at(
            i * 250L + 50, "{\"action\":13,\"seq\":99,\"x\":3000,\"y\":4000,\"text\":\"课堂\"}");
      }
    }
    Path whole = folder.resolve("whole.mkv");
    Path late = folder.resolve("late.mkv");
    Path early = folder.resolve("early.mkv");
    try (BoardReplay replay = open(script, null, null)) {
      replay.render(late, 4_030, 10_000, () -> false);
      replay.render(whole, 0, 10_000, () -> false);
      replay.render(early, 0, 4_030, () -> false);
      assertThat(replay.reachedMillis()).isEqualTo(4_030);
    }
    Film all = Film.of(whole, WIDTH, HEIGHT);
    Film begins = Film.of(early, WIDTH, HEIGHT);
    Film ends = Film.of(late, WIDTH, HEIGHT);
    for (double at = 0.02; at < 10; at += 0.1) {
      byte[] part = at < 4.03 ? begins.at(at) : ends.at(at - 4.03);
      assertThat(Film.difference(all.at(at), part)).as("at %s", at).isLessThan(1);
    }
    assertThat(begins.times()[0]).isEqualTo(0);
    assertThat(ends.times()[0]).isEqualTo(0);
    assertThat(Film.difference(all.at(0.02), all.at(9.9))).isGreaterThan(5); // it is not blank
  }

  @Test
  @SideBySide
  void lettersAreLettersWhateverTheySpell() throws Exception {
    Script script =
        new Script()
            .at(
                500,
                "{\"action\":13,\"seq\":1,\"x\":500,\"y\":1000,\"textSize\":1500,\"color\":255,"
                    + "\"text\":\"课堂<script>document.body.remove()</script>\\n第二\"}");
    Path film = folder.resolve("text.mkv");
    try (BoardReplay replay = open(script, null, null)) {
      replay.render(film, 0, 2_000, () -> false);
    }
    Film seen = Film.of(film, WIDTH, HEIGHT);
    // Two characters of many strokes in each line, and Latin letters right of them in the first.
    assertThat(seen.share(0.4, 32, 36, 108, 54, 128)).isZero();
    assertThat(seen.share(1, 32, 36, 108, 54, 128)).isBetween(0.1, 0.5);
    assertThat(seen.share(1, 32, 104, 108, 54, 128)).isBetween(0.1, 0.5);
    assertThat(seen.share(1, 150, 36, 480, 54, 128)).isBetween(0.05, 0.5);
    assertThat(seen.share(1, 150, 106, 480, 54, 128)).isZero();
  }

  @Test
  @SideBySide
  void hostileMessagesDoNoHarm() throws Exception {
    StringBuilder points = new StringBuilder("0,0");
    for (int i = 0; i < 100_000; i++) {
      points.append(",").append(i % 10_000).append(",").append(i * 7 % 10_000);
    }
    Script script =
        new Script()
            .at(
                100,
                "{\"action\":1,\"seq\":{},\"x\":1e308,\"y\":-1e308,\"thin\":1e308,\"color\":1e308}")
            .at(150, "{\"action\":2,\"points\":[1e999,\"x\",null,{},[],-1e999]}", "{\"action\":3}")
            .at(
                200,
                "{\"action\":12,\"beginPoint\":{\"x\":\"1\"},\"endPoint\":7}",
                "null",
                "[]",
                "7")
            .at(250, "{\"action\":13,\"text\":{},\"x\":1,\"y\":1}", "{\"action\":13,\"x\":1}")
            .at(300, "{\"action\":20,\"url\":\"javascript:alert(1)\",\"x\":0,\"y\":0,\"width\":-5}")
            .at(
                350,
                "{\"action\":301,\"scale\":-1e308,\"x\":1e308}",
                "{\"action\":105,\"ratio\":\"1:0\"}")
            .at(400, "{\"action\":4711}", "{\"action\":4711}", "{\"action\":\"__proto__\"}")
            .at(450, "{\"action\":601}", "{\"action\":701}", "{\"action\":801}", "{\"action\":21}")
            .at(500, "{\"action\":401,\"toBoardId\":\"__proto__\",\"page\":\"constructor\"}")
            .raw("this is no JSON")
            .raw("{\"at\":\"soon\",\"actions\":{}}")
            .raw("{\"at\":-5e300,\"actions\":[{\"action\":8,\"lines\":[null,{\"seq\":[]}]}]}")
            .at(600, "{\"action\":401,\"toBoardId\":\"#DEFAULT\"}", "{\"action\":101}")
            .at(700, stroke(1, 0, 0), "{\"action\":2,\"points\":[" + points + "]}")
            .at(1500, "{\"action\":104}")
            .at(2000, stroke(2, 1000, 1000), "{\"action\":3,\"x\":3000,\"y\":1000}");
    Path film = folder.resolve("hostile.mkv");
    try (BoardReplay replay = open(script, null, null)) {
      replay.render(film, 0, 3_000, () -> false);
      assertThat(replay.ignored()).containsAllEntriesOf(Map.of("4711", 2L, "12", 1L, "13", 2L));
      assertThat(replay.ignored()).doesNotContainKeys("601", "701", "801", "21", "1");
      assertThat(replay.missing()).singleElement().asString().contains("javascript:alert(1)");
    }
    assertThat(Decoded.complaints(film)).isEmpty();
    Film seen = Film.of(film, WIDTH, HEIGHT);
    assertThat(seen.share(1.2, 0, 0, WIDTH, HEIGHT, 200)).isGreaterThan(0.1);
    assertThat(seen.share(1.8, 0, 0, WIDTH, HEIGHT, 200)).isZero();
    assertThat(seen.grey(2.5, 128, 36)).isLessThan(150);
  }

  @Test
  @SideBySide
  void aPictureThatCannotBeHadIsGreyAndNamed() throws Exception {
    String endless =
        pages.handle(
            "endless.png",
            exchange -> {
              exchange.sendResponseHeaders(200, 0);
              try {
                for (int i = 0; i < 10_000; i++) {
                  exchange.getResponseBody().write(0);
                  exchange.getResponseBody().flush();
                  new java.util.concurrent.CountDownLatch(1)
                      .await(10, java.util.concurrent.TimeUnit.MILLISECONDS);
                }
              } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
              }
              exchange.close();
            });
    String text = pages.answer("text.png", 200, "image/png", "I am no picture");
    String gone = pages.answer("gone.png", 404, "text/plain", "");
    Script script =
        new Script().at(500, image(1, 1000, endless), image(2, 4000, text), image(3, 7000, gone));
    Path film = folder.resolve("missing.mkv");
    long before = System.nanoTime();
    try (BoardReplay replay = open(script, null, null)) {
      replay.render(film, 0, 2_000, () -> false);
      assertThat(replay.missing())
          .hasSize(3)
          .anyMatch(one -> one.startsWith(endless))
          .anyMatch(one -> one.equals(text + ": no picture that can be decoded"))
          .anyMatch(one -> one.equals(gone + ": answer 404"));
    }
    assertThat((System.nanoTime() - before) / 1e9).isLessThan(20);
    Film seen = Film.of(film, WIDTH, HEIGHT);
    for (int x : List.of(1500, 4500, 7500)) {
      assertThat(seen.grey(1, x * WIDTH / 10_000, 90)).isBetween(190, 225);
    }
  }

  /** Neither page nor pictures reach this machine's own services, but the recorder's server. */
  @Test
  @SideBySide
  void theProxyIsTheOnlyWay() throws Exception {
    InetSocketAddress nobody = new InetSocketAddress(InetAddress.getLoopbackAddress(), 9);
    String picture = picture();
    Script script = new Script().at(500, image(1, 1000, picture), stroke(2, 500, 8000));
    try (PageProxy proxy =
            PageProxy.open(new AddressPolicy(List.of()), new OwnService(nobody, false));
        BoardReplay replay = open(script, null, proxy.address())) {
      Path film = folder.resolve("proxy.mkv");
      replay.render(film, 0, 1_000, () -> false);
      assertThat(replay.missing()).singleElement().asString().startsWith(picture);
      assertThat(Film.of(film, WIDTH, HEIGHT).grey(0.9, 32, 288)).isLessThan(150);
    }
    String page = customPage("seek: async (ms) => false, next: () => Infinity");
    try (PageProxy proxy =
        PageProxy.open(new AddressPolicy(List.of()), new OwnService(nobody, false))) {
      assertThatThrownBy(() -> open(script, page, proxy.address()).close())
          .isInstanceOf(RecordingFailure.class)
          .hasMessageContaining("Cannot open " + page);
    }
  }

  /** A page of plain elements is photographed. */
  @Test
  @SideBySide
  void aPageOfOnesOwnIsStepped() throws Exception {
    String page =
        customPage(
            """
            async push(messages) { this.waiting.push(...messages); },
            waiting: [],
            async seek(ms) {
              let changed = false;
              while (this.waiting[0]?.at <= ms) {
                document.body.style.background = this.waiting.shift().actions[0].colour;
                changed = true;
              }
              return changed;
            },
            next() { return this.waiting[0]?.at ?? Infinity; },
            """);
    Script script =
        new Script()
            .at(500, "{\"action\":1,\"colour\":\"#000000\"}")
            .at(1500, "{\"action\":1,\"colour\":\"#ffffff\"}")
            .at(2500, "{\"action\":1,\"colour\":\"#808080\"}");
    Path film = folder.resolve("own.mkv");
    try (BoardReplay replay = open(script, page, null)) {
      replay.render(film, 0, 4_000, () -> false);
    }
    Film seen = Film.of(film, WIDTH, HEIGHT);
    for (int x : List.of(2, 320, 637)) {
      assertThat(seen.grey(0.49, x, 180)).isGreaterThan(240);
      assertThat(seen.grey(0.5 + FRAME, x, 180)).isLessThan(10);
      assertThat(seen.grey(1.49, x, 2)).isLessThan(10);
      assertThat(seen.grey(1.5 + FRAME, x, 357)).isGreaterThan(240);
      assertThat(seen.grey(3.9, x, 180)).isBetween(120, 137);
    }
  }

  /** Both at once: one that never answers, one that never rests; each is named in time. */
  @Test
  @SideBySide
  void aPageThatHangsIsGivenUp() throws Exception {
    Script script = new Script().at(500, stroke(1, 0, 0));
    String mute = customPage("seek: () => new Promise(() => {}), next: () => Infinity");
    String busy = customPage("seek: () => { while (true); }, next: () => Infinity");
    String silent = pages.html("silent.html", "<p>no player");
    try (ExecutorService threads = Executors.newFixedThreadPool(3)) {
      List<Future<Void>> all =
          Stream.of(mute, busy, silent)
              .map(page ->
                  threads.submit(
                      (Callable<Void>)
                          () -> {
                            assertGivenUp(script, page);
                            return null;
                          }))
              .toList();
      for (Future<Void> one : all) {
        one.get();
      }
    }
  }

  private void assertGivenUp(Script script, String page) throws IOException {
    long before = System.nanoTime();
    Path film = Files.createTempDirectory(folder, "hung").resolve("film.mkv");
    try (BoardReplay replay = open(script, page, null, Duration.ofSeconds(5))) {
      assertThatThrownBy(() -> replay.render(film, 0, 1_000, () -> false))
          .isInstanceOf(RecordingFailure.class)
          .hasMessageContaining(page)
          .hasMessageContaining(page.contains("silent") ? "pagereel.replay(player)" : "seek(0)")
          .extracting(thrown -> ((RecordingFailure) thrown).category())
          .isEqualTo(FailureCategory.PAGE);
    }
    assertThat((System.nanoTime() - before) / 1e9).isBetween(5.0, 30.0);
    try (Stream<Path> left = Files.list(film.getParent())) {
      assertThat(left).isEmpty();
    }
  }

  @Test
  @SideBySide
  void cancellingLeavesNothing() throws Exception {
    Script script = new Script();
    for (int i = 0; i < 20_000; i++) {
      script.at(i * 100L, stroke(i, i % 10_000, i % 9_000));
    }
    Path film = folder.resolve("cancelled.mkv");
    AtomicInteger asked = new AtomicInteger();
    try (BoardReplay replay = open(script, null, null)) {
      assertThatThrownBy(
              () -> replay.render(film, 0, 2_000_000, () -> asked.incrementAndGet() > 40))
          .isInstanceOf(CancellationException.class);
      assertThat(replay.reachedMillis()).isBetween(1L, 1_999_999L);
    }
    try (Stream<Path> left = Files.list(folder)) {
      assertThat(left.map(path -> path.getFileName().toString()))
          .noneMatch(name -> name.contains("cancelled"));
    }
  }

  private BoardReplay open(Script script, @Nullable String page, @Nullable String proxy)
      throws IOException {
    return open(script, page, proxy, BoardReplay.PATIENCE);
  }

  private BoardReplay open(
      Script script, @Nullable String page, @Nullable String proxy, Duration patience)
      throws IOException {
    Path file = script.write(Files.createTempFile(folder, "script", ".jsonl"));
    return BoardReplay.open(
        new BoardReplay.Settings(file, WIDTH, HEIGHT, null, FPS, 1000, page, proxy, patience));
  }

  private static boolean isDark(Film film, double seconds, Change change) {
    int x = Math.min(WIDTH - 1, change.x() * WIDTH / 10_000);
    int y = Math.min(HEIGHT - 1, change.y() * HEIGHT / 10_000);
    return film.grey(seconds, x, y) < 160;
  }

  private String customPage(String methods) {
    return pages.html(
        "own%d.html".formatted(System.nanoTime()),
        "<body style='background:#fff'><script>pagereel.replay({async load() {}, async push() {}, %s})</script>"
            .formatted(methods));
  }

  private static String stroke(int seq, int x, int y) {
    return "{\"action\":1,\"seq\":%d,\"color\":%d,\"thin\":200,\"x\":%d,\"y\":%d}"
        .formatted(seq, 0xcc0000ff, x, y);
  }

  private static String shape(int action, int seq, String more, int x1, int y1, int x2, int y2) {
    return "{\"action\":%d,\"seq\":%d,%s\"color\":%d,\"thin\":200,\"beginPoint\":{\"x\":%d,\"y\":%d},\"endPoint\":{\"x\":%d,\"y\":%d}}"
        .formatted(action, seq, more, 0x0000ccff, x1, y1, x2, y2);
  }

  private static String image(int seq, int x, String url) {
    return "{\"action\":20,\"seq\":%d,\"x\":%d,\"y\":2000,\"width\":1000,\"height\":1000,\"url\":\"%s\"}"
        .formatted(seq, x, url);
  }

  /** A black picture from another origin, which does not say that scripts may read it. */
  private String picture() throws IOException {
    byte[] png = png();
    return pages.handle(
        "black.png",
        exchange -> {
          exchange.getResponseHeaders().set("Content-Type", "image/png");
          exchange.sendResponseHeaders(200, png.length);
          exchange.getResponseBody().write(png);
          exchange.close();
        });
  }

  private static String inline() throws IOException {
    return "data:image/png;base64," + Base64.getEncoder().encodeToString(png());
  }

  private static byte[] png() throws IOException {
    BufferedImage image = new BufferedImage(40, 40, BufferedImage.TYPE_INT_RGB);
    Graphics2D graphics = image.createGraphics();
    graphics.setColor(Color.DARK_GRAY);
    graphics.fillRect(0, 0, 40, 40);
    graphics.dispose();
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    ImageIO.write(image, "png", bytes);
    return bytes.toByteArray();
  }
}
