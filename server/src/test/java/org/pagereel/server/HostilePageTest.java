package org.pagereel.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.pagereel.recorder.FailureCategory;
import org.pagereel.recorder.Report;
import org.pagereel.recorder.wire.Event;
import org.pagereel.server.tools.measure.Pixels;

/** Pages that ask, open, crash or devour: refused and reported, or ended with a clear word. */
@WholeMachine
class HostilePageTest {
  @TempDir Path folder;

  @AfterAll
  static void nothingIsLeft() {
    LeftoverCheck.assertNothingLeft();
  }

  @Test
  @SideBySide
  void dialogsPopupsAndDownloadsAreRefusedAndReported() throws Exception {
    try (TestPages pages = new TestPages()) {
      pages.answer("x.zip", 200, "application/zip", "PK");
      String url =
          pages.html(
              "rude.html",
              """
              <body style="background:#080">
              <script>
              addEventListener("load", () => setTimeout(() => {
                for (let i = 0; i < 50; i++) open("/size.html?" + i, "w" + i, "width=300,height=200");
                alert("hello"); confirm("sure?"); print();
                location.href = "/x.zip";
              }, 300));
              </script>
              """);
      TestRecorder recorder = new TestRecorder(folder, url).start();
      Report report = recorder.record(Duration.ofSeconds(4));

      assertThat(report.warnings()).extracting(Report.Warning::kind).contains("dialog", "download");
      assertThat(
              report.warnings().stream().filter(warning -> warning.kind().equals("popup")).count())
          .isEqualTo(50);
      // Nothing ever covered the page: it is green to the end.
      assertThat(Pixels.ofLastPicture(recorder.video()).at(320, 180) >> 8 & 0xff)
          .isBetween(110, 150);
      recorder.assertNothingLeft();
    }
  }

  @Test
  @SideBySide
  void aPageThatCrashesItsRendererEndsTheRecording() throws Exception {
    try (TestPages pages = new TestPages()) {
      TestRecorder recorder = new TestRecorder(folder, pages.url("demo/")).start();
      recorder.await(Event.Recording.class);
      TestRecorder.after(
          Duration.ofSeconds(2),
          () ->
              ProcessHandle.of(recorder.pid())
                  .orElseThrow()
                  .descendants()
                  .filter(HostilePageTest::isRenderer)
                  .forEach(ProcessHandle::destroyForcibly));

      assertThat(recorder.end())
          .isInstanceOfSatisfying(
              Event.Failed.class,
              failed -> {
                assertThat(failed.category()).isEqualTo(FailureCategory.PAGE);
                assertThat(failed.message()).contains("crashed its renderer");
                assertThat(failed.videos()).containsExactly("page.mp4");
              });
    }
  }

  @Test
  @SideBySide
  void aPageThatAllocatesWithoutEndIsStopped() throws Exception {
    try (TestPages pages = new TestPages()) {
      String url =
          pages.html(
              "hungry.html",
              "<script>const all = []; setInterval(() => {"
                  + " for (let i = 0; i < 4; i++) all.push(new Uint8Array(64 << 20).fill(1)); }, 50)"
                  + "</script>");
      TestRecorder recorder = new TestRecorder(folder, url).start();

      assertThat(recorder.end())
          .isInstanceOfSatisfying(
              Event.Failed.class,
              failed -> {
                assertThat(failed.category()).isEqualTo(FailureCategory.PAGE);
                assertThat(failed.message()).containsAnyOf("GiB of memory", "crashed");
              });
    }
  }

  @Test
  @SideBySide
  void aPageThatStoresWithoutEndIsStopped() throws Exception {
    try (TestPages pages = new TestPages()) {
      String url =
          pages.html(
              "hoarder.html",
              """
              <script type="module">
              const file = await (await navigator.storage.getDirectory())
                  .getFileHandle("hoard", {create: true});
              const out = await file.createWritable();
              const piece = new Uint8Array(16 << 20);
              for (let i = 0; i < 200; i++) await out.write(piece);
              </script>
              """);
      TestRecorder recorder = new TestRecorder(folder, url).start();

      assertThat(recorder.end())
          .isInstanceOfSatisfying(
              Event.Failed.class,
              failed -> {
                assertThat(failed.category()).isEqualTo(FailureCategory.PAGE);
                assertThat(failed.message()).contains("stored", "GiB are allowed");
              });
      recorder.assertNothingLeft();
    }
  }

  @Test
  @SideBySide
  void aFullDiskStopsWhileTheMp4StillFits() throws Exception {
    Path small = Files.createDirectory(folder.resolve("small"));
    boolean mounted =
        new ProcessBuilder("mount", "-t", "tmpfs", "-o", "size=8m", "tmpfs", small.toString())
                .start()
                .waitFor()
            == 0;
    assumeTrue(mounted, "only root may mount a small disk");
    try (TestPages pages = new TestPages()) {
      TestRecorder recorder =
          new TestRecorder(small, pages.url("bench/motion.html?fps=30")).start();

      assertThat(recorder.end())
          .isInstanceOfSatisfying(
              Event.Failed.class,
              failed -> {
                assertThat(failed.category()).isEqualTo(FailureCategory.CAPACITY);
                assertThat(failed.message()).contains("Disk full");
                assertThat(failed.videos()).containsExactly("page.mp4");
              });
      assertThat(recorder.report().durationSeconds()).isGreaterThan(5);
    } finally {
      new ProcessBuilder("umount", small.toString()).start().waitFor();
    }
  }

  /** Chromium rewrites its command line, so that Java no longer sees arguments in it. */
  private static boolean isRenderer(ProcessHandle process) {
    try {
      String line = Files.readString(Path.of("/proc", process.pid() + "", "cmdline"));
      return line.contains("--type=renderer");
    } catch (java.io.IOException e) {
      return false; // ended meanwhile
    }
  }
}
