package org.pagereel.server.faces.tencent;

import static org.assertj.core.api.Assertions.assertThat;

import com.tencentcloudapi.tiw.v20190919.TiwClient;
import com.tencentcloudapi.tiw.v20190919.models.DescribeOnlineRecordRequest;
import com.tencentcloudapi.tiw.v20190919.models.DescribeOnlineRecordResponse;
import com.tencentcloudapi.tiw.v20190919.models.PauseOnlineRecordRequest;
import com.tencentcloudapi.tiw.v20190919.models.ResumeOnlineRecordRequest;
import com.tencentcloudapi.tiw.v20190919.models.StartOnlineRecordRequest;
import com.tencentcloudapi.tiw.v20190919.models.StopOnlineRecordRequest;
import com.tencentcloudapi.tiw.v20190919.models.VideoInfo;
import com.tencentcloudapi.tiw.v20190919.models.Whiteboard;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.function.Predicate;
import org.pagereel.recorder.Report;
import org.pagereel.recorder.process.Await;
import org.pagereel.recorder.wire.ReportFile;

/** A whole server in this process with one Tencent app, and the vendor's own client of it. */
final class RealServer implements AutoCloseable {
  private static final Duration PATIENCE = Duration.ofSeconds(90);

  final TiwClient client;
  final String base;
  private final Path folder;
  private final WholeServer server;

  /**
   * Starts it.
   *
   * @param page of the app, with a comma before it, such as {@code , page: "http://…"}; or empty
   */
  RealServer(Path folder, String page) throws IOException {
    this.folder = folder;
    server = new WholeServer(folder, page, "network: {allow: [127.0.0.0/8]}");
    server.open();
    base = server.base();
    client = TencentTestServer.client(server.port());
  }

  /** A request for room 101 with a small whiteboard. */
  static StartOnlineRecordRequest request() throws Exception {
    StartOnlineRecordRequest request = new StartOnlineRecordRequest();
    request.setSdkAppId(TencentTestServer.APP);
    request.setRoomId(101L);
    request.setRecordUserId("tic_record_user_101_1");
    request.setRecordUserSig(
        UserSigTest.of(TencentTestServer.APP, "tic_record_user_101_1", Instant.now(), 3600));
    Whiteboard board = new Whiteboard();
    board.setWidth(640L);
    board.setHeight(480L);
    request.setWhiteboard(board);
    return request;
  }

  void pause(String task) throws Exception {
    PauseOnlineRecordRequest pause = new PauseOnlineRecordRequest();
    pause.setSdkAppId(TencentTestServer.APP);
    pause.setTaskId(task);
    client.PauseOnlineRecord(pause);
  }

  void resume(String task) throws Exception {
    ResumeOnlineRecordRequest resume = new ResumeOnlineRecordRequest();
    resume.setSdkAppId(TencentTestServer.APP);
    resume.setTaskId(task);
    client.ResumeOnlineRecord(resume);
  }

  void stop(String task) throws Exception {
    StopOnlineRecordRequest stop = new StopOnlineRecordRequest();
    stop.setSdkAppId(TencentTestServer.APP);
    stop.setTaskId(task);
    client.StopOnlineRecord(stop);
  }

  DescribeOnlineRecordResponse describe(String task) throws Exception {
    DescribeOnlineRecordRequest request = new DescribeOnlineRecordRequest();
    request.setSdkAppId(TencentTestServer.APP);
    request.setTaskId(task);
    return client.DescribeOnlineRecord(request);
  }

  void await(String task, String status) {
    await(task, status, described -> described.getStatus().equals(status));
  }

  void await(String task, String what, Predicate<DescribeOnlineRecordResponse> isSo) {
    boolean came =
        Await.until(
            PATIENCE,
            () -> {
              try {
                return isSo.test(describe(task));
              } catch (Exception e) {
                throw new IllegalStateException(e);
              }
            });
    assertThat(came).as(what).isTrue();
  }

  /** The beginning of the labels of a recording's processes; the attempt follows. */
  String label(String task) throws IOException {
    return server.label(task);
  }

  Path recording(String task) {
    return server.files(task);
  }

  Report report(String task) throws IOException {
    return ReportFile.read(recording(task));
  }

  /** The file behind a result's address. */
  Path download(VideoInfo video) throws IOException {
    Path file = Files.createTempFile(folder, "video", ".mp4");
    try (var in = URI.create(video.getVideoUrl()).toURL().openStream()) {
      Files.write(file, in.readAllBytes());
    }
    return file;
  }

  @Override
  public void close() {
    server.close();
  }
}
