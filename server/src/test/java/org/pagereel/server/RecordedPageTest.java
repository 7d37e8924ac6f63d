package org.pagereel.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.pagereel.recorder.PageSize;
import org.pagereel.recorder.Report;
import org.pagereel.server.tools.measure.Decoded;
import org.pagereel.server.tools.measure.Pixels;

/** What the file shows is the page, the whole page and nothing but the page. */
@WholeMachine
class RecordedPageTest {
  @TempDir Path folder;

  @AfterAll
  static void nothingIsLeft() {
    LeftoverCheck.assertNothingLeft();
  }

  @ParameterizedTest
  @SideBySide
  @ValueSource(strings = {"1920x1080", "1080x1920", "854x480", "320x240"})
  void fillsTheFrameToItsOutermostPixels(String text) throws Exception {
    PageSize size = PageSize.parse(text);
    try (TestPages pages = new TestPages()) {
      TestRecorder recorder = new TestRecorder(folder, pages.url("size.html")).size(size).start();
      Report report = recorder.record(Duration.ofSeconds(2));

      Pixels first = Pixels.ofFirstPicture(recorder.video());
      assertThat(first.width()).isEqualTo(size.width());
      assertThat(first.height()).isEqualTo(size.height());
      assertThat(first.ring()).allMatch(Pixels::isMagenta);
      assertThat(report.width()).isEqualTo(size.width());
      assertThat(Decoded.complaints(recorder.video())).isEmpty();
      recorder.assertNothingLeft();
    }
  }

  @Test
  @SideBySide
  void drawsChineseAndColourEmoji() throws Exception {
    try (TestPages pages = new TestPages()) {
      String body =
          "<body style='margin:0;background:#fff'>"
              + "<div style='position:fixed;left:0;top:0;font:200px/220px sans-serif'>课堂</div>"
              + "<div style='position:fixed;left:0;top:240px;font:200px/220px sans-serif'>😀</div>";
      TestRecorder recorder =
          new TestRecorder(folder, pages.html("glyphs.html", body))
              .size(new PageSize(640, 480))
              .start();
      recorder.record(Duration.ofSeconds(1));

      Pixels first = Pixels.ofFirstPicture(recorder.video());
      // Many-stroke characters, not two empty boxes; and a yellow face, not an outline.
      assertThat(first.share(0, 0, 400, 240, Pixels::isDark)).isBetween(0.08, 0.45);
      assertThat(first.share(0, 240, 240, 240, Pixels::isYellow)).isGreaterThan(0.25);
    }
  }

  @Test
  @SideBySide
  void showsTheLoadedPageFirstEvenWhenItNeedsEightSeconds() throws Exception {
    try (TestPages pages = new TestPages()) {
      TestRecorder recorder =
          new TestRecorder(folder, pages.url("sync.html?delay=8&signal=console"))
              .ready("console")
              .start();
      Report report = recorder.record(Duration.ofSeconds(2));

      assertThat(report.ready()).isNotNull();
      assertThat(report.ready().tookSeconds()).isBetween(7.5, 20.0);
      for (Path file : List.of(recorder.video(), recorder.folder.resolve("page-1-00000.ts"))) {
        int grey = Pixels.ofFirstPicture(file).at(600, 300);
        assertNear(grey, 0x808080);
      }
    }
  }

  private static void assertNear(int pixel, int expected) {
    for (int shift = 0; shift <= 16; shift += 8) {
      assertThat(Math.abs((pixel >> shift & 0xff) - (expected >> shift & 0xff)))
          .as("%06x against %06x", pixel, expected)
          .isLessThan(70);
    }
  }
}
