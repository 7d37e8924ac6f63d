package org.pagereel.server.faces.tencent;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.pagereel.recorder.process.Await;
import org.pagereel.server.LeftoverCheck;
import org.pagereel.server.SideBySide;
import org.pagereel.server.WholeMachine;
import org.pagereel.server.tools.measure.Decoded;
import tools.jackson.databind.JsonNode;

/** After-class tasks with nothing but real parts: the vendor's client, the server, the recorder. */
@WholeMachine
class OfflineRecorderTest {
  private static final int SECONDS = 40;

  /** The teacher's own clock; his messages come late, each by less than the class is long. */
  private static final long OWN = 7_000_000;

  @TempDir Path folder;
  private ClassServer server;

  @BeforeEach
  void open() throws Exception {
    server = new ClassServer(folder).openReal();
    server.setCallback(ClassServer.CALLBACK_KEY);
    server.group("1234");
    server.send(
        "1234",
        "",
        "{\"type\":1003,\"seq\":1,\"timestamp\":%d,\"time_line\":%d,\"value\":{\"uid\":\"admin\"}}"
            .formatted(OWN, System.currentTimeMillis() - SECONDS * 1000L));
    for (int second = 0; second <= SECONDS; second += 4) {
      stroke(second);
    }
  }

  @AfterEach
  void close() {
    server.close();
  }

  @AfterAll
  static void nothingIsLeft() {
    LeftoverCheck.assertNothingLeft();
  }

  private void stroke(int second) throws Exception {
    int y = 500 + 200 * second;
    server.send(
        "1234",
        "TXWhiteBoardExt",
        """
        {"seq":%d,"timestamp":%d,"value":{"boardId":"#DEFAULT","operator":"admin","actions":[
        {"action":1,"color":-16776961,"thin":100,"seq":%d,"x":1000,"y":%d},
        {"action":2,"seq":%d,"x":9000,"y":%d},{"action":3,"seq":%d}]}}
        """
            .formatted(second, OWN + second * 1000L, second + 1, y, second + 1, y, second + 1));
  }

  @Test
  @SideBySide
  void theWhiteboard() throws Exception {
    String task = server.create(1234, ",\"Whiteboard\":{\"Width\":640,\"Height\":480}");
    check(server.awaitFinished(task), 2);
  }

  /** Cameras' files are told of some time after the class. */
  @Test
  @SideBySide
  void filesThatAreStillToComeAreWaitedFor() throws Exception {
    server.live("1234", 1, "");
    String task = server.create(1234, ",\"MixStream\":{\"Enabled\":true}");
    boolean began =
        Await.until(
            Duration.ofSeconds(8),
            () -> server.events.stream().anyMatch(event -> event.toString().contains("Progress")));
    assertThat(began).as("began without its file").isFalse();
    assertThat(server.describe(task).path("Status").stringValue()).isEqualTo("QUEUED");
    server.live("1234", 100, ",\"video_id\":\"a\",\"video_url\":\"http://127.0.0.1:1/camera.mp4\"");
    check(server.awaitFinished(task), 3);
  }

  /** The recorder dies on its way. */
  @Test
  @SideBySide
  void allInOneVideo() throws Exception {
    String task = server.create(1234, ",\"MixStream\":{\"Enabled\":true}");
    server.await(task, "20 %", now -> now.path("Progress").asInt() >= 20);
    server.workers(task).forEach(ProcessHandle::destroyForcibly);
    check(server.awaitFinished(task), 3);
  }

  private void check(JsonNode described, int type) throws Exception {
    JsonNode videos = described.path("VideoInfos");
    assertThat(videos.size()).as("%s", described).isEqualTo(1);
    JsonNode video = videos.path(0);
    assertThat(video.path("VideoType").asInt()).isEqualTo(type);
    assertThat(video.path("UserId").asString("-")).isEmpty();
    assertThat(video.path("VideoDuration").asLong()).isBetween(SECONDS * 1000L - 100, 45_000L);
    assertThat(described.path("TotalTime").asLong())
        .isEqualTo(video.path("VideoPlayTime").asLong() + video.path("VideoDuration").asLong());
    long started = described.path("RecordStartTime").asLong();
    assertThat(started).isBetween(now() - 300, now());
    var answer = Downloads.get(video.path("VideoUrl").asString());
    assertThat(answer.body()).hasSize(video.path("VideoSize").asInt());
    Path file = Files.write(folder.resolve("video.mp4"), answer.body());
    assertThat(Decoded.complaints(file)).isEmpty();

    server.awaitEvents("OfflineRecordFinished", 1);
    List<Integer> progress =
        server.events.stream()
            .map(event -> event.path("EventData").path("Progress").asInt())
            .toList();
    assertThat(progress).isSorted().hasSizeGreaterThanOrEqualTo(11);
    assertThat(progress.getLast()).isEqualTo(100);
  }

  private static long now() {
    return System.currentTimeMillis() / 1000;
  }
}
