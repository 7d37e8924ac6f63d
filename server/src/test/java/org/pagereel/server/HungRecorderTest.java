package org.pagereel.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.pagereel.recorder.child.Await;
import org.pagereel.recorder.session.Report;
import org.pagereel.recorder.wire.Json;
import org.pagereel.server.measure.Decoded;

/** A recorder that hangs is as good as dead: the command ends it and completes what there is. */
class HungRecorderTest {
  private static final Duration LONG = Duration.ofSeconds(60);

  @TempDir Path folder;

  @AfterEach
  void nothingIsLeft() {
    LeftoverCheck.assertNothingLeft();
  }

  @Test
  void theCommandCompletesItsFiles() throws Exception {
    Path out = folder.resolve("hung");
    Cli cli = Cli.start(folder, Map.of(), "record", "--for=40s", "--size=640x360", "--out=" + out);
    assertThat(Await.until(LONG, () -> printed(cli, "Recording 640x360"))).isTrue();
    TestRecorder.after(Duration.ofSeconds(3), () -> stop(recorder(cli)));
    long hung = System.nanoTime();

    Cli.Result result = cli.await(LONG);
    double seconds = (System.nanoTime() - hung) / 1e9;
    assertThat(result.code()).as(result.output()).isEqualTo(70);
    assertThat(result.output()).contains("did not answer", "page.mp4");
    assertThat(seconds).isBetween(13.0, 40.0);
    assertThat(Decoded.complaints(out.resolve("page.mp4"))).isEmpty();
    Report report = Json.PRETTY.readValue(Files.readString(out.resolve(Report.FILE)), Report.class);
    assertThat(report.state()).isEqualTo(Report.State.FAILED);
    assertThat(report.durationSeconds()).isBetween(2.0, 6.0);
  }

  /** The command's only child: setsid becomes it. */
  private static ProcessHandle recorder(Cli cli) {
    return cli.process().children().findFirst().orElseThrow();
  }

  private static void stop(ProcessHandle process) {
    try {
      new ProcessBuilder("kill", "-STOP", String.valueOf(process.pid())).start().waitFor();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private static boolean printed(Cli cli, String text) {
    try {
      return cli.output().contains(text);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
