package org.pagereel.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.pagereel.server.measure.Pixels;

/** Nobody sits before the screen, so no window of the browser's own may stay on the page. */
class NativeDialogTest {
  @TempDir Path folder;

  @ParameterizedTest
  @ValueSource(
      strings = {
        "fetch('/locked')",
        "document.body.append(Object.assign(new Image(), {src: '/locked'}))",
        "document.body.append(Object.assign(document.createElement('iframe'),"
            + " {src: '/locked', hidden: true}))",
        "location.href = 'mailto:somebody@example.org'",
        "location.href = 'some-program://example.org/join'",
        "document.body.append(Object.assign(document.createElement('iframe'),"
            + " {src: 'zoommtg://example.org/join', hidden: true}))",
        "navigator.credentials.get({publicKey: {challenge: new Uint8Array(16)}}).catch(() => 0)",
        "Notification.requestPermission(); navigator.geolocation.getCurrentPosition(() => 0)",
        "navigator.mediaDevices.getDisplayMedia().catch(() => 0)",
      })
  void nothingCoversThePage(String rude) throws Exception {
    try (TestPages pages = new TestPages()) {
      pages.handle(
          "locked",
          exchange -> {
            exchange.getResponseHeaders().set("WWW-Authenticate", "Basic realm=\"class\"");
            TestPages.send(exchange, 401, "text/plain", "Who are you?");
          });
      String url =
          pages.html(
              "rude.html",
              "<body style='background:#080'><script>onload = () => setTimeout(() => {"
                  + rude
                  + "}, 300)</script>");
      TestRecorder recorder = new TestRecorder(folder, url).start();
      recorder.record(Duration.ofSeconds(3));

      Pixels last = Pixels.ofLastPicture(recorder.video());
      for (int y = 10; y < 360; y += 20) {
        for (int x = 10; x < 640; x += 20) {
          assertThat(last.at(x, y) >> 8 & 0xff).as("%d, %d", x, y).isBetween(110, 150);
          assertThat(last.at(x, y) & 0xff).as("%d, %d", x, y).isLessThan(30);
        }
      }
      recorder.assertNothingLeft();
    }
  }
}
