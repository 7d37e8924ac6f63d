package org.pagereel.server.faces.tencent;

import static org.assertj.core.api.Assertions.assertThat;

import com.tencentcloudapi.tiw.v20190919.models.DescribeOnlineRecordRequest;
import com.tencentcloudapi.tiw.v20190919.models.DescribeOnlineRecordResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.flywaydb.core.Flyway;
import org.jdbi.v3.core.Jdbi;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.pagereel.recorder.StreamFiles;
import org.pagereel.recorder.StreamFiles.Kind;
import org.pagereel.recorder.wire.Json;
import org.pagereel.server.core.recording.AttemptHistory;
import org.pagereel.server.core.recording.EndCause;
import org.pagereel.server.core.recording.Recording;
import org.pagereel.server.core.recording.Status;

/** A task that ended in an earlier version, whose table of tasks had the files. */
class OldResultsTest {
  private static final AttemptHistory FIRST = new AttemptHistory(1, 0, 0, true, true);
  private static final StreamFiles FILES =
      new StreamFiles(
          17,
          List.of(
              TencentTestServer.file("stream-1-1.mp4", Kind.CAMERA, "Анна \"q\" 数学", 0, 17, 59),
              TencentTestServer.file("page.mp4", Kind.WHITEBOARD, "", 6, 10, 22)),
          List.of(new StreamFiles.Interrupt("Анна \"q\" 数学", 2)),
          List.of(new StreamFiles.Omitted(9, 1_568_949_370_000L, 1_568_949_390_000L)),
          List.of("stream-2-1.mp4: it's \\ broken"));

  @TempDir Path folder;

  @Test
  void areDescribedAsBefore() throws Exception {
    Path earlier = Files.createDirectories(folder.resolve("earlier"));
    Path later = Files.createDirectories(folder.resolve("later"));
    String task;
    String running;
    String described;
    List<Map<String, Object>> rows;
    try (TencentTestServer desk = new TencentTestServer(earlier)) {
      running = start(desk, "2");
      task = start(desk, "1");
      desk.made(task, FILES);
      desk.become(task, new Status.Finished(FIRST), EndCause.ASKED);
      described = describe(desk, task);
      assertThat(described).contains("stream-1-1.mp4", "page.mp4");
      rows =
          desk.jdbi()
              .withHandle(handle ->
                  handle
                      .createQuery(
                          "SELECT id, face, scope, subject, spec, ticket, extra, desired, status,"
                              + " state, running, ended, created_at, started_at, ended_at FROM"
                              + " recordings")
                      .mapToMap()
                      .list());
    }
    assertThat(rows).hasSize(2);
    storeAsBefore(later, rows, task, running);
    try (TencentTestServer desk = new TencentTestServer(later)) {
      assertThat(later.resolve("recordings")).doesNotExist();
      assertThat(describe(desk, task)).isEqualTo(described);
      Recording ended = desk.find(task);
      assertThat(ended.result()).isNotNull();
      assertThat(ended.result().streams()).isEqualTo(FILES);
      assertThat(ended.result().durationMillis()).isEqualTo(17);
      assertThat(desk.find(running).result()).isNull();
      // It goes on in this version.
      desk.made(running, FILES);
      desk.become(running, new Status.Finished(FIRST), EndCause.ASKED);
      assertThat(desk.find(running).result()).isEqualTo(ended.result());
    }
  }

  /** A store in the shape of the version before results, with these recordings. */
  private static void storeAsBefore(
      Path folder, List<Map<String, Object>> rows, String ended, String running) {
    String url = "jdbc:sqlite:" + folder.resolve("pagereel.db");
    Flyway.configure()
        .dataSource(url, null, null)
        .locations("classpath:db/sqlite")
        .target("9.2")
        .load()
        .migrate();
    Jdbi.create(url)
        .useTransaction(handle -> {
          for (Map<String, Object> row : rows) {
            String columns = String.join(", ", row.keySet());
            String values = String.join(", :", row.keySet());
            handle
                .createUpdate("INSERT INTO recordings (" + columns + ") VALUES (:" + values + ")")
                .bindMap(row)
                .execute();
          }
          handle.execute(
              "INSERT INTO tencent_tasks (id, sdk_app_id, announced, files, ended_at)"
                  + " VALUES (?, ?, 'FINISHED', ?, ?)",
              ended,
              TencentTestServer.APP,
              Json.LINES.writeValueAsString(FILES),
              Instant.now().toEpochMilli());
          handle.execute(
              "INSERT INTO tencent_tasks (id, sdk_app_id, announced) VALUES (?, ?, 'STARTED')",
              running,
              TencentTestServer.APP);
        });
  }

  private static String start(TencentTestServer desk, String user) throws Exception {
    return desk.client()
        .StartOnlineRecord(TencentTestServer.start(TencentTestServer.APP, user))
        .getTaskId();
  }

  /** What is the same for every request and server. */
  private static String describe(TencentTestServer desk, String task) throws Exception {
    DescribeOnlineRecordRequest request = new DescribeOnlineRecordRequest();
    request.setSdkAppId(TencentTestServer.APP);
    request.setTaskId(task);
    DescribeOnlineRecordResponse described = desk.client().DescribeOnlineRecord(request);
    described.setRequestId("");
    Arrays.stream(described.getVideoInfos())
        .forEach(video -> video.setVideoUrl(video.getVideoUrl().replaceAll(":\\d+/|\\?.*", "/")));
    return DescribeOnlineRecordResponse.toJsonString(described);
  }
}
