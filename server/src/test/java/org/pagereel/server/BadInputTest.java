package org.pagereel.server;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpExchange;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Every wrong input ends soon, says what was wrong, and leaves nothing running. */
@WholeMachine
class BadInputTest {
  private static final Duration SOON = Duration.ofSeconds(40);

  @TempDir Path folder;
  private TestPages pages;

  @BeforeEach
  void serve() throws IOException {
    pages = new TestPages();
  }

  @AfterEach
  void close() {
    pages.close();
  }

  @AfterAll
  static void nothingIsLeft() {
    LeftoverCheck.assertNothingLeft();
  }

  @ParameterizedTest
  @SideBySide
  @CsvSource(
      delimiter = '|',
      value = {
        "file:///etc/passwd|allowed are addresses that begin with http:// or https://",
        "javascript:alert(1)|allowed are addresses that begin with http:// or https://",
        "example.com|allowed are addresses that begin with http:// or https://",
        "http://|Expected authority",
        "http://host.invalid/|the host is unknown",
        "http://127.0.0.1:9/|Cannot open http://127.0.0.1:9/",
      })
  void addressesThatCannotBeRecorded(String url, String message) throws Exception {
    expectFailure(message, url);
  }

  @ParameterizedTest
  @SideBySide
  @CsvSource(
      delimiter = '|',
      value = {
        "--size 1279x720|width is 1279; allowed are even numbers from 320 to 1920",
        "--size 4000x3000|width is 4000; allowed are even numbers from 320 to 1920",
        "--size large|expected WIDTHxHEIGHT",
        "--fps -1|fps is -1; allowed are 5 to 60",
        "--fps 1000000|fps is 1000000; allowed are 5 to 60",
        "--bitrate 0|bitrate is 0; allowed are 50 to 8000",
        "--bitrate 99999999999999|is not an int",
        "--ready maybe|allowed are load, notify, console, put and selector:CSS",
        "--ready-timeout 0s|ready-timeout is 0s; allowed are 1s to 10m",
        "--for never|is no duration",
        "--for 0s|--for must be at least 1s",
      })
  void optionsOutOfRange(String option, String message) throws Exception {
    String[] words = option.split(" ", -1);
    expectFailure(message, pages.url("size.html"), words[0], words[1]);
  }

  @Test
  @SideBySide
  void aPageThatIsNotThere() throws Exception {
    expectFailure("the server answered 404", pages.url("nowhere.html"));
  }

  @Test
  @SideBySide
  void aServerThatFails() throws Exception {
    String url = pages.answer("broken", 500, "text/html", "oh no");
    expectFailure("the server answered 500", url);
  }

  @Test
  @SideBySide
  void aServerThatSpeaksNoTls() throws Exception {
    try (ServerSocket plain = new ServerSocket(0, 50, InetAddress.getLoopbackAddress())) {
      Thread.ofVirtual().start(() -> answerInPlainText(plain));
      expectFailure("it does not speak proper TLS", "https://127.0.0.1:" + plain.getLocalPort());
    }
  }

  @Test
  @SideBySide
  void aCertificateThatNobodyVouchesFor() throws Exception {
    try (SelfSignedServer server = new SelfSignedServer(folder)) {
      expectFailure("its TLS certificate is not valid", server.url());
    }
  }

  @Test
  @SideBySide
  void aDownload() throws Exception {
    String url = pages.answer("file.zip", 200, "application/zip", "PK");
    expectFailure("it is a download, not a page", url);
  }

  @Test
  @SideBySide
  void aServerThatNeverAnswers() throws Exception {
    String url = pages.handle("silent", exchange -> {});
    expectFailure("no answer within 3s", url, "--ready-timeout", "3s");
  }

  @Test
  @SideBySide
  void aPageThatNeverFinishesLoading() throws Exception {
    pages.handle("endless.png", BadInputTest::beginImage);
    String url = pages.html("endless.html", "<p>loading</p><img src=/endless.png>");
    expectFailure("not ready within 3s: it did not finish loading", url, "--ready-timeout", "3s");
  }

  @Test
  @SideBySide
  void aSelectorThatNeverMatches() throws Exception {
    expectFailure(
        "no visible element matches #never",
        pages.url("size.html"),
        "--ready",
        "selector:#never",
        "--ready-timeout",
        "2s");
  }

  @Test
  @SideBySide
  void aFolderThatCannotBeWritten() throws Exception {
    Path file = Files.writeString(folder.resolve("occupied"), "");
    expectFailure(
        "cannot be written to", pages.url("size.html"), "--out", file.resolve("in").toString());
  }

  @Test
  @SideBySide
  void aFolderThatHoldsAnotherRecording() throws Exception {
    Files.writeString(folder.resolve("recording.json"), "{}");
    expectFailure("it holds another recording", pages.url("size.html"), "--out", folder.toString());
  }

  @Test
  @SideBySide
  void aMachineWithoutScreenOrSound() throws Exception {
    Map<String, String> onlyJava = Map.of("PATH", onlyThese("setsid", "setpriv", "chromium"));
    Cli cli = Cli.start(folder, onlyJava, "record", pages.url("size.html"), "--for", "2s");
    Cli.Result result = cli.await(SOON);
    assertThat(result.code()).isNotZero();
    assertThat(result.output()).contains("xvfb").contains("./pagereel doctor");
  }

  @Test
  @SideBySide
  void aBrowserThatIsNotOne() throws Exception {
    Map<String, String> none = Map.of("PAGEREEL_BROWSER", "/nowhere/chrome");
    Cli cli = Cli.start(folder, none, "record", pages.url("size.html"), "--for", "2s");
    Cli.Result result = cli.await(SOON);
    assertThat(result.code()).isNotZero();
    assertThat(result.output()).contains("PAGEREEL_BROWSER is /nowhere/chrome");
  }

  private void expectFailure(String message, String url, String... more) throws Exception {
    String[] arguments = new String[more.length + 4];
    arguments[0] = "record";
    arguments[1] = url;
    arguments[2] = "--for=2s";
    arguments[3] = "--out=" + folder.resolve("recording");
    System.arraycopy(more, 0, arguments, 4, more.length);
    if (java.util.List.of(more).contains("--out")) {
      arguments[3] = "--bitrate=2000";
    }
    if (java.util.List.of(more).contains("--for")) {
      arguments[2] = "--fps=30";
    }
    Cli.Result result = Cli.start(folder, Map.of(), arguments).await(SOON);
    assertThat(result.output()).contains(message);
    assertThat(result.code()).as(result.output()).isNotZero();
    assertThat(result.output()).doesNotContain("Exception");
  }

  /** A folder with links to just these programs, as a PATH. */
  private String onlyThese(String... programs) throws IOException {
    Path bin = Files.createDirectories(folder.resolve("bin"));
    for (String program : programs) {
      for (String place : System.getenv("PATH").split(":", -1)) {
        Path found = Path.of(place, program);
        if (Files.isExecutable(found) && !Files.exists(bin.resolve(program))) {
          Files.createSymbolicLink(bin.resolve(program), found);
        }
      }
    }
    return bin.toString();
  }

  private static void answerInPlainText(ServerSocket server) {
    while (!server.isClosed()) {
      try (Socket socket = server.accept()) {
        socket.getOutputStream().write("HTTP/1.1 400 No TLS here\r\n\r\n".getBytes(US_ASCII));
        socket.getInputStream().readNBytes(100);
      } catch (IOException e) {
        return; // the test is over
      }
    }
  }

  private static void beginImage(HttpExchange exchange) throws IOException {
    exchange.getResponseHeaders().set("Content-Type", "image/png");
    exchange.sendResponseHeaders(200, 0);
    exchange.getResponseBody().write(new byte[] {(byte) 0x89, 'P', 'N', 'G'});
    exchange.getResponseBody().flush(); // and never another byte
  }
}
