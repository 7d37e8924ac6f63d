package org.pagereel.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.pagereel.recorder.Report;
import org.pagereel.server.tools.measure.Pixels;

/** Nobody sits before the screen, so no window of the browser's own may stay on the page. */
@WholeMachine
class NativeDialogTest {
  private static final String RUDE =
      """
      <body style="background:#080">
      <iframe hidden src="early-program://example.org/join"></iframe>
      <script>
      const add = (tag, more) =>
          document.body.append(Object.assign(document.createElement(tag), {hidden: true, ...more}));
      const call = (url) => Object.assign(document.createElement("a"), {href: url}).click();
      const rude = [
        () => fetch("/locked"),
        () => add("img", {src: "/locked"}),
        () => add("iframe", {src: "/locked"}),
        () => call("mailto:somebody@example.org"),
        () => call("some-program://example.org/join"),
        () => { location.href = "zoommtg://example.org/join"; },
        () => add("iframe", {src: "framed-program://example.org/join"}),
        () => add("iframe", {src: "/leads-away"}),
        () => navigator.credentials.get({publicKey: {challenge: new Uint8Array(16)}}),
        () => Notification.requestPermission(),
        () => navigator.geolocation.getCurrentPosition(() => 0),
        () => navigator.mediaDevices.getUserMedia({audio: true, video: true}),
        () => navigator.mediaDevices.getDisplayMedia(),
      ];
      onload = () => rude.forEach((act, i) => setTimeout(act, 300 + i * 200));
      </script>
      """;

  @TempDir Path folder;

  @Test
  void nothingCoversThePage() throws Exception {
    try (TestPages pages = new TestPages()) {
      pages.handle(
          "locked",
          exchange -> {
            exchange.getResponseHeaders().set("WWW-Authenticate", "Basic realm=\"class\"");
            TestPages.send(exchange, 401, "text/plain", "Who are you?");
          });
      pages.handle(
          "leads-away",
          exchange -> {
            exchange.getResponseHeaders().set("Location", "another-program://example.org/join");
            TestPages.send(exchange, 302, "text/plain", "");
          });
      TestRecorder recorder = new TestRecorder(folder, pages.html("rude.html", RUDE)).start();
      Report report = recorder.record(Duration.ofSeconds(5));

      assertThat(report.warnings())
          .filteredOn(warning -> warning.kind().equals("program"))
          .extracting(Report.Warning::message)
          .containsExactly(
              "refused: mailto:somebody@example.org",
              "refused: some-program://example.org/join",
              "refused: zoommtg://example.org/join");
      assertGreen(Pixels.ofFirstPicture(recorder.video()));
      assertGreen(Pixels.ofLastPicture(recorder.video()));
      recorder.assertNothingLeft();
    }
  }

  private static void assertGreen(Pixels picture) {
    for (int y = 10; y < 360; y += 20) {
      for (int x = 10; x < 640; x += 20) {
        assertThat(picture.at(x, y) >> 8 & 0xff).as("%d, %d", x, y).isBetween(110, 150);
        assertThat(picture.at(x, y) & 0xff).as("%d, %d", x, y).isLessThan(30);
      }
    }
  }
}
