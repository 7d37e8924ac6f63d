package org.pagereel.server.faces.tencent;

import static org.assertj.core.api.Assertions.assertThat;

import com.tencentcloudapi.tiw.v20190919.TiwClient;
import com.tencentcloudapi.tiw.v20190919.models.DescribeOnlineRecordRequest;
import com.tencentcloudapi.tiw.v20190919.models.DescribeOnlineRecordResponse;
import com.tencentcloudapi.tiw.v20190919.models.StopOnlineRecordRequest;
import com.tencentcloudapi.tiw.v20190919.models.VideoInfo;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;
import org.pagereel.recorder.NodePart;
import org.pagereel.recorder.Report;
import org.pagereel.recorder.process.Await;
import org.pagereel.recorder.wire.ReportFile;
import org.pagereel.server.LeftoverCheck;
import org.pagereel.server.Pause;
import org.pagereel.server.TestPages;
import org.pagereel.server.WholeMachine;
import org.pagereel.server.service.NodeProcesses;
import org.pagereel.server.service.NodeProcesses.Node;
import org.pagereel.server.service.NodeService;
import org.pagereel.server.tools.measure.Decoded;

/**
 * A node dies that records every stream of a class: what it had of each is among what the next node
 * tells of, at its place in the class. {@code -Dpagereel.long=true}.
 */
@WholeMachine
@EnabledIfSystemProperty(named = "pagereel.long", matches = "true")
class KilledNodeStreamsTest {
  private static final Duration SOON = Duration.ofSeconds(90);

  @TempDir Path folder;

  @Test
  void eachStreamHasWhatBothHadOfIt() throws Exception {
    try (TestPages pages = new TestPages();
        NodeProcesses nodes = new NodeProcesses(folder, NodeService.class)) {
      nodes.settings(
          """
          tencent:
            - secretId: %s
              secretKey: %s
              apps: [{sdkAppId: %d, page: "%s"}]
          """
              .formatted(
                  TencentTestServer.ID,
                  TencentTestServer.KEY,
                  TencentTestServer.APP,
                  pages.url("bench/streams.html?cameras=2")));
      Node first = nodes.start("a", 2);
      String task =
          TencentTestServer.client(first.port())
              .StartOnlineRecord(RealServer.request())
              .getTaskId();
      assertThat(Await.until(SOON, () -> nodes.recordedBy("a") == 1)).isTrue();
      Path recording =
          nodes.recordings().resolve(nodes.column("SELECT id FROM recordings").getFirst());
      awaitStreams(recording.resolve(NodePart.folder(1)));
      Node second = nodes.start("b", 2);
      Pause.of(Duration.ofSeconds(6));
      first.kill();
      assertThat(Await.until(SOON, () -> nodes.recordedBy("b") == 1)).isTrue();
      awaitStreams(recording.resolve(NodePart.folder(2)));
      Pause.of(Duration.ofSeconds(6));
      TiwClient client = TencentTestServer.client(second.port());
      StopOnlineRecordRequest stop = new StopOnlineRecordRequest();
      stop.setSdkAppId(TencentTestServer.APP);
      stop.setTaskId(task);
      client.StopOnlineRecord(stop);
      assertThat(Await.until(SOON, () -> describe(client, task).getStatus().equals("FINISHED")))
          .isTrue();
      check(describe(client, task), ReportFile.read(recording));
      nodes.start("a", 2); // which removes what was left of it
    }
    LeftoverCheck.assertNothingLeft();
  }

  private void check(DescribeOnlineRecordResponse result, Report report) throws Exception {
    assertThat(report.gaps()).hasSize(1);
    Report.Gap gap = report.gaps().getFirst();
    long began = Objects.requireNonNull(report.startedAt()).toEpochMilli();
    long lost = gap.from().toEpochMilli() - began;
    List<VideoInfo> cameras =
        Arrays.stream(result.getVideoInfos()).filter(one -> one.getVideoType() == 0).toList();
    System.out.printf("lost at %d ms%n", lost);
    for (VideoInfo camera : cameras) {
      System.out.printf(
          "%s: %d ms at %d%n",
          camera.getUserId(), camera.getVideoDuration(), camera.getVideoPlayTime());
    }
    assertThat(cameras.stream().map(VideoInfo::getUserId))
        .containsExactlyInAnyOrder("user1", "user1", "user2", "user2");
    for (VideoInfo camera : cameras) {
      assertThat(Decoded.complaints(download(camera))).isEmpty();
      long begins = camera.getVideoPlayTime();
      if (begins < lost / 2) {
        assertThat(begins + camera.getVideoDuration()).isBetween(lost - 1_000, lost + 1_000);
      } else { // what nobody recorded is in no file
        assertThat(begins).isBetween(lost - 1_000, lost + 1_000);
        assertThat(camera.getVideoDuration()).isGreaterThan(4_000);
      }
    }
    assertThat(cameras.stream().filter(camera -> camera.getVideoPlayTime() < lost / 2)).hasSize(2);
  }

  private Path download(VideoInfo video) throws IOException {
    Path file = Files.createTempFile(folder, "video", ".mp4");
    try (var in = URI.create(video.getVideoUrl()).toURL().openStream()) {
      Files.write(file, in.readAllBytes());
    }
    return file;
  }

  private static DescribeOnlineRecordResponse describe(TiwClient client, String task) {
    DescribeOnlineRecordRequest request = new DescribeOnlineRecordRequest();
    request.setSdkAppId(TencentTestServer.APP);
    request.setTaskId(task);
    try {
      return client.DescribeOnlineRecord(request);
    } catch (com.tencentcloudapi.common.exception.TencentCloudSDKException e) {
      throw new IllegalStateException(e);
    }
  }

  private static void awaitStreams(Path part) {
    assertThat(Await.until(SOON, () -> streams(part) >= 2)).as("streams in %s", part).isTrue();
  }

  private static long streams(Path part) {
    try (Stream<Path> files = Files.list(part)) {
      return files.filter(file -> file.toString().endsWith(".mkv")).count();
    } catch (IOException e) {
      return 0; // it is not there yet
    }
  }
}
