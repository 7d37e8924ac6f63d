package org.pagereel.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.pagereel.recorder.Report;
import org.pagereel.recorder.wire.Event;

/** What a page says of itself is heard, whether it is a word of ours or a complaint. */
@WholeMachine
class PageVoiceTest {
  @TempDir Path folder;

  @AfterAll
  static void nothingIsLeft() {
    LeftoverCheck.assertNothingLeft();
  }

  @Test
  @SideBySide
  void whatWentWrongInThePageIsInTheReport() throws Exception {
    try (TestPages pages = new TestPages()) {
      String url =
          pages.html(
              "broken.html",
              """
              <script src="gone.js?token=secret"></script>
              <script>Promise.reject(new Error("refused")); throw new Error("no room")</script>
              """);
      Report report = new TestRecorder(folder, url).start().record(Duration.ofSeconds(1));

      assertThat(report.warnings())
          .filteredOn(warning -> warning.kind().equals("script"))
          .extracting(Report.Warning::message)
          .anySatisfy(message -> assertThat(message).contains("no room"))
          .anySatisfy(message -> assertThat(message).contains("refused"));
      assertThat(report.warnings())
          .filteredOn(warning -> warning.kind().equals("resource"))
          .extracting(Report.Warning::message)
          .singleElement()
          .asString()
          .contains("404", "gone.js")
          .doesNotContain("secret");
    }
  }

  // Each message has an argument that would stay in memory for as long as somebody holds it.
  @Test
  @SideBySide
  void aPageThatLogsWithoutEndIsRecordedToItsEnd() throws Exception {
    try (TestPages pages = new TestPages()) {
      String url =
          pages.html(
              "talkative.html",
              """
              <script>
              let said = 0;
              setInterval(() => {
                for (let i = 0; i < 20; i++) console.log(said++, {text: "x".repeat(1000)}, [said]);
              }, 10);
              setTimeout(() => console.info(" END_RECORDING "), 5000);
              </script>
              """);
      TestRecorder recorder = new TestRecorder(folder, url).start();
      assertThat(recorder.end()).isInstanceOf(Event.Finished.class);
      assertThat(recorder.report().durationSeconds()).isBetween(3.0, 15.0);
    }
  }

  @Test
  @SideBySide
  void aFrameFromElsewhereMayEndTheRecording() throws Exception {
    try (TestPages pages = new TestPages()) {
      String inner =
          pages
              .html(
                  "inner.html",
                  "<script>setTimeout(() => console.log('END_RECORDING'), 3000)</script>")
              .replace("127.0.0.1", "localhost");
      String url = pages.html("outer.html", "<iframe src='" + inner + "'></iframe>");
      TestRecorder recorder = new TestRecorder(folder, url).start();
      assertThat(recorder.end()).isInstanceOf(Event.Finished.class);
    }
  }

  // While the signal is awaited all requests pass through the recorder, and none may be cached.
  @Test
  @SideBySide
  void onceReadyByPutThePagesRequestsAreItsOwn() throws Exception {
    AtomicInteger asked = new AtomicInteger();
    try (TestPages pages = new TestPages()) {
      pages.handle(
          "kept.txt",
          exchange -> {
            asked.incrementAndGet();
            exchange.getResponseHeaders().set("Cache-Control", "max-age=600");
            TestPages.send(exchange, 200, "text/plain", "kept");
          });
      String url =
          pages.html(
              "put.html",
              """
              <script>
              fetch("/records/ready", {method: "PUT"});
              setTimeout(async () => {
                for (let i = 0; i < 5; i++) await (await fetch("/kept.txt")).text();
                console.log("END_RECORDING");
              }, 2000);
              </script>
              """);
      TestRecorder recorder = new TestRecorder(folder, url).ready("put").start();
      assertThat(recorder.end()).isInstanceOf(Event.Finished.class);
      assertThat(asked).hasValue(1);
    }
  }
}
