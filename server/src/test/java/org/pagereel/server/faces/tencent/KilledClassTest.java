package org.pagereel.server.faces.tencent;

import static org.assertj.core.api.Assertions.assertThat;

import com.tencentcloudapi.tiw.v20190919.models.DescribeOnlineRecordResponse;
import com.tencentcloudapi.tiw.v20190919.models.Interrupt;
import com.tencentcloudapi.tiw.v20190919.models.VideoInfo;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;
import org.pagereel.recorder.Report;
import org.pagereel.recorder.process.Await;
import org.pagereel.recorder.wire.ReportFile;
import org.pagereel.server.LeftoverCheck;
import org.pagereel.server.Pause;
import org.pagereel.server.TestPages;
import org.pagereel.server.Victims;
import org.pagereel.server.WholeMachine;
import org.pagereel.server.tools.measure.Decoded;

/** A browser and a recorder die in mid-class: the task goes on and says so. */
@WholeMachine
class KilledClassTest {
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  @TempDir Path folder;

  @AfterEach
  void nothingIsLeft() {
    LeftoverCheck.assertNothingLeft();
  }

  @Test
  void theTaskGoesOn() throws Exception {
    try (TestPages pages = new TestPages();
        RealServer server = twoCameras(pages)) {
      String task = start(server);
      List<String> victims = List.of("chromium/chromium", "java");
      for (int attempt = 1; attempt <= victims.size(); attempt++) {
        awaitStreams(server.recording(task), 2 * attempt);
        Pause.of(Duration.ofSeconds(5));
        Victims.kill(server.label(task) + attempt, victims.get(attempt - 1));
      }
      awaitStreams(server.recording(task), 6);
      Pause.of(Duration.ofSeconds(3));
      assertThat(server.describe(task).getStatus()).isEqualTo("RECORDING");
      server.stop(task);
      server.await(task, "FINISHED");

      DescribeOnlineRecordResponse result = server.describe(task);
      assertThat(result.getFinishReason()).isEqualTo("USER_CALL");
      assertThat(result.getExceptionCnt()).isEqualTo(2);
      assertThat(Arrays.stream(result.getInterrupts()).map(Interrupt::getUserId))
          .containsExactlyInAnyOrder("user1", "user2");
      assertThat(Arrays.stream(result.getInterrupts()).map(Interrupt::getCount)).containsOnly(2L);
      List<VideoInfo> cameras =
          Arrays.stream(result.getVideoInfos()).filter(one -> one.getVideoType() == 0).toList();
      assertThat(cameras).hasSize(6);
      for (VideoInfo camera : cameras) {
        assertThat(Decoded.complaints(server.download(camera))).isEmpty();
      }
      // What was there before the kills is complete: 5 s each, of which half a second may be lost.
      assertThat(cameras.stream().filter(one -> one.getVideoDuration() > 4_300).count())
          .isGreaterThanOrEqualTo(4);
      assertThat(cameras.stream().map(VideoInfo::getVideoPlayTime).distinct()).hasSizeBetween(3, 6);
    }
  }

  /** Each kind of process stands still for good, with everybody's streams recorded. */
  @Test
  @EnabledIfSystemProperty(named = "pagereel.long", matches = "true")
  void whatHangsIsReplaced() throws Exception {
    List<String> parts =
        List.of(
            "chromium/chromium",
            "--type=renderer",
            "--type=gpu-process",
            "Xvfb",
            "pulseaudio",
            "cli.js");
    try (TestPages pages = new TestPages();
        RealServer server = twoCameras(pages)) {
      String task = start(server);
      Path files = server.recording(task);
      for (int attempt = 1; attempt <= parts.size(); attempt++) {
        String part = parts.get(attempt - 1);
        awaitStreams(files, 2 * attempt);
        Pause.of(Duration.ofMillis(5500)); // long enough to count as one that ran well
        Victims.stop(server.label(task) + attempt, part);
        long began = System.nanoTime();
        int next = attempt + 1;
        assertThat(Await.until(PATIENCE, () -> attempt(files) == next)).as(part).isTrue();
        System.out.printf("%s: replaced after %.1f s%n", part, (System.nanoTime() - began) / 1e9);
      }
      awaitStreams(files, 2 * (parts.size() + 1));
      Pause.of(Duration.ofSeconds(3));
      assertThat(server.describe(task).getStatus()).isEqualTo("RECORDING");
      server.stop(task);
      server.await(task, "FINISHED");
      Report report = ReportFile.read(files);
      assertThat(report.gaps()).hasSize(parts.size());
      for (int i = 0; i < parts.size(); i++) {
        Report.Gap gap = report.gaps().get(i);
        System.out.println(parts.get(i) + ": " + gap.cause());
        assertThat(gap.cause())
            .as(parts.get(i))
            .containsPattern("answer|still|drawn|given|reached");
      }
      assertThat(server.describe(task).getExceptionCnt()).isEqualTo(parts.size());
    }
  }

  private RealServer twoCameras(TestPages pages) throws Exception {
    String page = pages.url("bench/streams.html?cameras=2");
    return new RealServer(folder, ", page: \"" + page + "\"");
  }

  private static String start(RealServer server) throws Exception {
    String task = server.client.StartOnlineRecord(RealServer.request()).getTaskId();
    server.await(task, "RECORDING");
    return task;
  }

  private static int attempt(Path recording) {
    try {
      return ReportFile.read(recording).attempt();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void awaitStreams(Path recording, int count) {
    assertThat(Await.until(PATIENCE, () -> streams(recording) >= count))
        .as("%d streams in %s", count, recording)
        .isTrue();
  }

  private static long streams(Path recording) {
    try (Stream<Path> files = Files.list(recording)) {
      return files.filter(file -> file.toString().endsWith(".mkv")).count();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
