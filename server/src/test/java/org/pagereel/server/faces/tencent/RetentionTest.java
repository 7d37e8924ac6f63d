package org.pagereel.server.faces.tencent;

import static org.assertj.core.api.Assertions.assertThat;

import com.tencentcloudapi.tiw.v20190919.models.DescribeOnlineRecordRequest;
import com.tencentcloudapi.tiw.v20190919.models.DescribeOnlineRecordResponse;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.pagereel.recorder.Report;
import org.pagereel.recorder.StreamFiles.Kind;
import org.pagereel.recorder.process.Await;
import org.pagereel.server.core.recording.AttemptHistory;
import org.pagereel.server.core.recording.EndCause;
import org.pagereel.server.core.recording.Status;

/** Files go when their time is over, and not while anybody needs them; what they were is known. */
class RetentionTest {
  private static final AttemptHistory FIRST = new AttemptHistory(1, 0, 0, true, true);
  private static final Duration KEEP = Duration.ofHours(2);

  /** More than what lies in sockets between us and a client that does not read. */
  private static final long LARGE = 24L << 20;

  @TempDir Path folder;

  @Test
  void afterTheirTimeAndNotBefore() throws Exception {
    try (TencentTestServer desk = new TencentTestServer(folder)) {
      String task = finished(desk, "1", 1000);
      String url = describe(desk, task).getVideoInfos()[0].getVideoUrl();
      Path files = desk.recordings.resolve(task);
      desk.retention.clean(Instant.now().plus(KEEP).minusSeconds(5));
      assertThat(files).exists();
      assertThat(Downloads.get(url).statusCode()).isEqualTo(200);
      assertDeleted(desk, files, Instant.now().plus(KEEP));
      assertThat(desk.retention.hasDeleted(task)).isTrue();
      var gone = Downloads.get(url);
      assertThat(gone.statusCode()).isEqualTo(410);
      assertThat(new String(gone.body(), StandardCharsets.UTF_8)).contains("deleted", task);
      DescribeOnlineRecordResponse described = describe(desk, task);
      assertThat(described.getStatus()).isEqualTo("FINISHED");
      assertThat(described.getTotalTime()).isEqualTo(10);
      assertThat(described.getVideoInfos()[0].getVideoSize()).isEqualTo(1000);
      assertThat(Downloads.get(url.replace("page.mp4", "stream-1.mp3")).statusCode())
          .isEqualTo(410);
    }
  }

  @Test
  void notWhileTheyAreDownloaded() throws Exception {
    try (TencentTestServer desk = new TencentTestServer(folder)) {
      String task = finished(desk, "1", LARGE);
      String url = describe(desk, task).getVideoInfos()[0].getVideoUrl();
      Path files = desk.recordings.resolve(task);
      Instant later = Instant.now().plus(KEEP);
      // These open the file, too, and are over.
      assertThat(Downloads.head(url)).isEqualTo(200);
      assertThat(Downloads.range(url, "bytes=0-9")).isEqualTo(206);
      assertThat(Downloads.range(url, "bytes=" + LARGE + "-")).isEqualTo(416);
      InputStream first = Downloads.begin(url);
      InputStream second = Downloads.begin(url);
      assertThat(first.readNBytes(100)).hasSize(100);
      assertThat(second.readNBytes(100)).hasSize(100);
      desk.retention.clean(later);
      assertThat(files).exists();
      assertThat(first.readAllBytes()).hasSize((int) LARGE - 100);
      desk.retention.clean(later);
      assertThat(files).as("the second one still goes on").exists();
      second.close(); // nobody wants the rest
      assertDeleted(desk, files, later);
    }
  }

  @Test
  void notWhileItIsFinishingAndNotOfAnotherFace() throws Exception {
    try (TencentTestServer desk = new TencentTestServer(folder)) {
      String task =
          desk.client()
              .StartOnlineRecord(TencentTestServer.start(TencentTestServer.APP, "1"))
              .getTaskId();
      desk.made(
          task,
          TencentTestServer.files(
              TencentTestServer.file("page.mp4", Kind.WHITEBOARD, "", 0, 10, 10)));
      Path other = Files.createDirectories(desk.recordings.resolve("0123456789abcdef"));
      desk.become(task, new Status.Running(FIRST, Instant.now()), null);
      desk.retention.clean(Instant.now().plus(Duration.ofDays(1000)));
      desk.become(task, new Status.Finishing(FIRST, null), EndCause.ASKED);
      desk.retention.clean(Instant.now().plus(Duration.ofDays(1000)));
      assertThat(desk.recordings.resolve(task).resolve("page.mp4")).exists();
      assertThat(other).exists();
      desk.become(task, new Status.Finished(FIRST), EndCause.ASKED);
      desk.retention.clean(Instant.now().plus(Duration.ofDays(1000)));
      assertThat(desk.recordings.resolve(task)).doesNotExist();
      assertThat(other).exists();
    }
  }

  @Test
  void notTheSlicesThatNoVideoWasMadeOf() throws Exception {
    try (TencentTestServer desk = new TencentTestServer(folder)) {
      String task = finished(desk, "1", 10);
      Path files = desk.recordings.resolve(task);
      Path slice = Files.write(files.resolve("page-1-1.ts"), new byte[188]);
      Path report = files.resolve(Report.FILE);
      Instant later = Instant.now().plus(Duration.ofDays(1000));
      for (String unmade :
          List.of(
              report("FINISHING", ""),
              report("FAILED", ""),
              report("RECORDING", ""),
              "cut off: {\"st")) {
        Files.writeString(report, unmade);
        desk.retention.clean(later);
        assertThat(slice).as(unmade).exists();
        assertThat(desk.retention.hasDeleted(task)).isFalse();
      }
      Files.writeString(
          report, report("FAILED", "{\"file\":\"page.mp4\",\"durationSeconds\":9,\"bytes\":10}"));
      desk.retention.clean(later);
      assertThat(files).doesNotExist();
    }
  }

  private static String report(String state, String videos) {
    return "{\"id\":\"a\",\"attempt\":1,\"label\":\"l\",\"url\":\"u\",\"state\":\"%s\",\"durationSeconds\":9,"
            .formatted(state)
        + "\"width\":640,\"height\":360,\"fps\":15,\"bitrateKbps\":800,\"holds\":[],\"pauses\":[],"
        + "\"gaps\":[],\"videos\":[%s],".formatted(videos)
        + "\"slices\":[{\"file\":\"page-1-1.ts\",\"attempt\":1,\"number\":1,\"startSeconds\":0,"
        + "\"durationSeconds\":9,\"startedAt\":\"2026-01-01T00:00:00Z\",\"bytes\":188}],"
        + "\"warnings\":[],\"warningsNotListed\":0,\"maxVideoSeconds\":36000,"
        + "\"maxVideoBytes\":1000000000,\"sliceSeconds\":15}";
  }

  /** It deletes first and notes then; whoever dies in between has only the note left to make. */
  @Test
  void aDeletionThatWasCutShort() throws Exception {
    try (TencentTestServer desk = new TencentTestServer(folder)) {
      String task = finished(desk, "1", 10);
      Path files = desk.recordings.resolve(task);
      try (var all = Files.list(files)) {
        for (Path file : all.toList()) {
          Files.delete(file);
        }
      }
      Files.delete(files);
      desk.retention.clean(Instant.now().plus(KEEP));
      assertThat(desk.retention.hasDeleted(task)).isTrue();
    }
  }

  /** A client has the last byte a moment before the server knows that it has. */
  private static void assertDeleted(TencentTestServer desk, Path files, Instant now) {
    assertThat(
            Await.until(
                Duration.ofSeconds(30),
                () -> {
                  desk.retention.clean(now);
                  return !Files.exists(files);
                }))
        .isTrue();
  }

  private static String finished(TencentTestServer desk, String user, long bytes) throws Exception {
    String task =
        desk.client()
            .StartOnlineRecord(TencentTestServer.start(TencentTestServer.APP, user))
            .getTaskId();
    desk.made(
        task,
        TencentTestServer.files(
            TencentTestServer.file("page.mp4", Kind.WHITEBOARD, "", 0, 10, bytes)));
    desk.become(task, new Status.Running(FIRST, Instant.now()), null);
    desk.become(task, new Status.Finished(FIRST), EndCause.ASKED);
    return task;
  }

  private static DescribeOnlineRecordResponse describe(TencentTestServer desk, String task)
      throws Exception {
    DescribeOnlineRecordRequest request = new DescribeOnlineRecordRequest();
    request.setSdkAppId(TencentTestServer.APP);
    request.setTaskId(task);
    return desk.client().DescribeOnlineRecord(request);
  }
}
