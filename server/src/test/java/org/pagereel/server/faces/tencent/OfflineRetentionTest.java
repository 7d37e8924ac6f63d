package org.pagereel.server.faces.tencent;

import static org.assertj.core.api.Assertions.assertThat;

import com.tencentcloudapi.common.CommonClient;
import com.tencentcloudapi.common.Credential;
import com.tencentcloudapi.common.profile.ClientProfile;
import com.tencentcloudapi.common.profile.HttpProfile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.pagereel.recorder.folder.ClassEvent;
import org.pagereel.recorder.process.Await;
import org.pagereel.recorder.wire.Json;
import org.pagereel.server.core.files.FolderStore;
import org.pagereel.server.core.queue.WorkKind;
import org.pagereel.server.core.replay.ReplayWorker;
import org.pagereel.server.platform.fleet.Standing;
import org.pagereel.server.platform.node.Admission;
import org.pagereel.server.platform.node.DiskAccount;
import org.pagereel.server.platform.supervisor.RecorderSettings;
import org.pagereel.server.platform.supervisor.Recorders;
import org.pagereel.server.platform.supervisor.StandIns;
import org.pagereel.server.platform.time.TimeSource;
import tools.jackson.databind.JsonNode;

/** After-class files go when their time is over, failed tasks' too; what they were is known. */
class OfflineRetentionTest {
  private static final Duration KEEP = Duration.ofHours(2);

  @TempDir Path folder;

  @Test
  void afterTheirTimeAndNotBefore() throws Exception {
    try (TencentTestServer desk = new TencentTestServer(folder);
        Recorders recorders =
            StandIns.recorders(new RecorderSettings("offlineretention", null), 0)) {
      CommonClient client =
          new CommonClient(
              "tiw",
              "2019-09-19",
              new Credential(TencentTestServer.ID, TencentTestServer.KEY),
              "ap-guangzhou",
              TencentTestServer.profile(
                  desk.port(), ClientProfile.SIGN_TC3_256, HttpProfile.REQ_POST));
      JsonNode created =
          response(client, "CreateOfflineRecord", "{\"SdkAppId\":1400000001,\"RoomId\":7}");
      String task = created.path("TaskId").stringValue();
      Path files = desk.recordings.resolve(task);
      ReplayWorker worker =
          new ReplayWorker(
              "test",
              desk.jdbi(),
              new OfflineAnnouncer(desk.links, InstantSource.system()),
              new Admission(1, new DiskAccount(folder), TimeSource.system()),
              new DiskAccount(folder),
              recorders,
              () -> false,
              ordered ->
                  (scope, group, to) -> {
                    Files.writeString(to.resolve(ClassEvent.FILE), "{}\n");
                    return 1;
                  },
              new FolderStore(desk.recordings),
              Standing.alone("test", Instant::now),
              TimeSource.system());
      desk.retention.clean(Instant.now().plus(Duration.ofDays(1000)));
      assertThat(worker.work(task)).isEqualTo(WorkKind.Outcome.DONE);

      String describe = "{\"SdkAppId\":1400000001,\"TaskId\":\"%s\"}".formatted(task);
      JsonNode before = response(client, "DescribeOfflineRecord", describe);
      String url = before.path("VideoInfos").path(2).path("VideoUrl").asString();
      desk.retention.clean(Instant.now().plus(KEEP).minusSeconds(5));
      assertThat(Downloads.get(url).statusCode()).isEqualTo(200);
      // A client has the last byte a moment before the server knows that it has.
      assertThat(
              Await.until(
                  Duration.ofSeconds(30),
                  () -> {
                    desk.retention.clean(Instant.now().plus(KEEP));
                    return !Files.exists(files);
                  }))
          .isTrue();
      assertThat(desk.retention.hasDeleted(task)).isTrue();
      assertThat(Downloads.get(url).statusCode()).isEqualTo(410);
      assertThat(Downloads.get(url.replace("board.mp4", "messages.jsonl")).statusCode())
          .isEqualTo(404);
      JsonNode after = response(client, "DescribeOfflineRecord", describe);
      assertThat(after.path("Status").asString()).isEqualTo("FINISHED");
      assertThat(after.path("TotalTime")).isEqualTo(before.path("TotalTime"));
      assertThat(after.path("VideoInfos")).isEqualTo(before.path("VideoInfos"));
      assertThat(worker.work(task)).as("it is not made anew").isEqualTo(WorkKind.Outcome.DONE);
      assertThat(files).doesNotExist();
    }
  }

  private static JsonNode response(CommonClient client, String action, String body)
      throws Exception {
    return Json.LINES.readTree(client.call(action, body)).path("Response");
  }
}
