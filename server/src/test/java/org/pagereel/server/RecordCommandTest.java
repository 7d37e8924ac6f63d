package org.pagereel.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.pagereel.recorder.Report;
import org.pagereel.recorder.process.Await;
import org.pagereel.recorder.wire.ReportFile;
import org.pagereel.server.tools.measure.Decoded;
import org.pagereel.server.tools.measure.Pixels;

/** The main job from the command line: the demo class, Ctrl-C, and whatever dies or hangs. */
@WholeMachine
class RecordCommandTest {
  private static final Duration LONG = Duration.ofSeconds(60);

  @TempDir Path folder;

  @AfterAll
  static void nothingIsLeft() {
    LeftoverCheck.assertNothingLeft();
  }

  @Test
  @SideBySide
  void recordsTheDemoClassWithoutAnAddress() throws Exception {
    Path out = folder.resolve("demo");
    Cli.Result result =
        Cli.start(folder, Map.of(), "record", "--for=3s", "--out=" + out).await(LONG);

    assertThat(result.code()).as(result.output()).isZero();
    assertThat(result.output()).contains("Recorded 00:03", "page.mp4");
    assertThat(out).isDirectoryContaining(path -> path.endsWith("page.m3u8"));
    assertThat(Files.readString(out.resolve("page.m3u8")))
        .contains("#EXT-X-PROGRAM-DATE-TIME", "page-1-00000.ts", "#EXT-X-ENDLIST");
    assertThat(moovComesFirst(out.resolve("page.mp4"))).isTrue();
    Pixels first = Pixels.ofFirstPicture(out.resolve("page.mp4"));
    assertThat(first.width()).isEqualTo(1920);
    assertThat(first.height()).isEqualTo(1080);
    Report report = report(out);
    assertThat(report.state()).isEqualTo(Report.State.FINISHED);
    assertThat(report.durationSeconds()).isBetween(2.9, 4.0);
  }

  @Test
  @SideBySide
  void controlCFinishesTheFile() throws Exception {
    Path out = folder.resolve("interrupted");
    Cli cli = Cli.start(folder, Map.of(), "record", "--size=640x360", "--out=" + out);
    assertThat(Await.until(LONG, () -> printed(cli, "Recording 640x360"))).isTrue();
    TestRecorder.after(Duration.ofSeconds(2), () -> signal("INT", cli.process().pid()));

    Cli.Result result = cli.await(LONG);
    assertThat(result.code()).as(result.output()).isZero();
    assertThat(result.output()).contains("Recorded 00:0");
    assertThat(Decoded.complaints(out.resolve("page.mp4"))).isEmpty();
  }

  @Test
  @SideBySide
  void aKilledCommandStillLeavesAPlayableFile() throws Exception {
    Path out = folder.resolve("killed");
    Cli cli = Cli.start(folder, Map.of(), "record", "--size=640x360", "--out=" + out);
    assertThat(Await.until(LONG, () -> printed(cli, "Recording 640x360"))).isTrue();
    TestRecorder.after(Duration.ofSeconds(2), () -> signal("KILL", cli.process().pid()));

    assertThat(Await.until(LONG, () -> Files.exists(out.resolve("page.mp4")))).isTrue();
    assertThat(Await.until(LONG, () -> state(out) == Report.State.FINISHED)).isTrue();
    assertThat(Decoded.complaints(out.resolve("page.mp4"))).isEmpty();
  }

  @Test
  @SideBySide
  void finishMakesTheMp4ThatIsMissing() throws Exception {
    Path out = folder.resolve("unfinished");
    Cli.start(folder, Map.of(), "record", "--size=640x360", "--for=1s", "--out=" + out).await(LONG);
    Files.delete(out.resolve("page.mp4"));
    Path report = out.resolve(Report.FILE);
    Files.writeString(report, Files.readString(report).replace("FINISHED", "FAILED"));

    Cli.Result result = Cli.start(folder, Map.of(), "finish", out.toString()).await(LONG);
    assertThat(result.code()).as(result.output()).isZero();
    assertThat(Decoded.complaints(out.resolve("page.mp4"))).isEmpty();
    assertThat(Cli.start(folder, Map.of(), "finish", folder.toString()).await(LONG).output())
        .contains("it has no recording.json");
  }

  @Test
  @SideBySide
  void aRecorderThatHangsIsEndedAndItsFilesCompleted() throws Exception {
    Path out = folder.resolve("hung");
    Cli cli = Cli.start(folder, Map.of(), "record", "--for=40s", "--size=640x360", "--out=" + out);
    assertThat(Await.until(LONG, () -> printed(cli, "Recording 640x360"))).isTrue();
    TestRecorder.after(Duration.ofSeconds(3), () -> signal("STOP", recorder(cli).pid()));
    long hung = System.nanoTime();

    Cli.Result result = cli.await(LONG);
    double seconds = (System.nanoTime() - hung) / 1e9;
    assertThat(result.code()).as(result.output()).isEqualTo(70);
    assertThat(result.output()).contains("did not answer", "page.mp4");
    assertThat(seconds).isBetween(13.0, 40.0);
    assertThat(Decoded.complaints(out.resolve("page.mp4"))).isEmpty();
    Report report = report(out);
    assertThat(report.state()).isEqualTo(Report.State.FAILED);
    assertThat(report.durationSeconds()).isBetween(2.0, 6.0);
  }

  /** The command's only child: setsid becomes it. */
  private static ProcessHandle recorder(Cli cli) {
    return cli.process().children().findFirst().orElseThrow();
  }

  private static boolean printed(Cli cli, String text) {
    try {
      return cli.output().contains(text);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void signal(String name, long pid) {
    try {
      new ProcessBuilder("kill", "-" + name, String.valueOf(pid)).start().waitFor();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private static Report.State state(Path out) {
    try {
      return report(out).state();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Report report(Path out) throws IOException {
    return ReportFile.read(out);
  }

  private static boolean moovComesFirst(Path file) throws IOException {
    String bytes =
        new String(Files.readAllBytes(file), java.nio.charset.StandardCharsets.ISO_8859_1);
    return bytes.indexOf("moov") < bytes.indexOf("mdat");
  }
}
