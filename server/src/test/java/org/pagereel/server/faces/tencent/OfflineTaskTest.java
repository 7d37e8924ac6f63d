package org.pagereel.server.faces.tencent;

import static org.assertj.core.api.Assertions.assertThat;
import static org.pagereel.server.faces.tencent.SignedCallsTest.assertCode;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.pagereel.recorder.FailureCategory;
import org.pagereel.recorder.ReplayRequest;
import org.pagereel.recorder.process.Await;
import org.pagereel.recorder.wire.Json;
import org.pagereel.server.LeftoverCheck;
import org.pagereel.server.SideBySide;
import org.pagereel.server.WholeMachine;
import org.pagereel.server.core.replay.StandInRecorder.Plan;
import tools.jackson.databind.JsonNode;

/**
 * After-class tasks on a whole server with the vendor's own client. The videos are made by a
 * stand-in; everything else is real, processes and their deaths too.
 */
@WholeMachine
class OfflineTaskTest {
  /**
   * The vendor's examples (docs/vendors/tencent.md, "After-class results"), with addresses and ids
   * of its own.
   */
  private static final String UNMIXED =
      """
      {"RoomId":1234,"GroupId":"1234","RecordStartTime":1558613140,"TotalTime":1440000,"VideoInfos":[
      {"VideoPlayTime":0,"VideoSize":13151,"VideoFormat":"mp4","VideoDuration":1200000,
       "VideoUrl":"u","VideoId":"i","VideoType":0,"UserId":"ios_test1"},
      {"VideoPlayTime":300000,"VideoSize":3756,"VideoFormat":"mp4","VideoDuration":810000,
       "VideoUrl":"u","VideoId":"i","VideoType":0,"UserId":"pc_test1"},
      {"VideoPlayTime":120000,"VideoSize":1241,"VideoFormat":"mp4","VideoDuration":1320000,
       "VideoUrl":"u","VideoId":"i","VideoType":2,"UserId":""}]}
      """;

  private static final String MIXED =
      """
      {"SdkAppId":1400000001,"RoomId":1234,"GroupId":"1234","RecordStartTime":1558613140,
       "TotalTime":1440000,"VideoInfos":[
      {"VideoPlayTime":0,"VideoSize":13151,"VideoFormat":"mp4","VideoDuration":1440000,
       "VideoUrl":"u","VideoId":"i","VideoType":3,"UserId":""}]}
      """;

  @TempDir Path folder;
  private ClassServer server;

  @BeforeEach
  void open() throws Exception {
    server = new ClassServer(folder);
  }

  @AfterEach
  void close() {
    server.close();
  }

  @AfterAll
  static void nothingIsLeft() {
    LeftoverCheck.assertNothingLeft();
  }

  @Test
  @SideBySide
  void aWholeTask() throws Exception {
    server.open().setCallback(ClassServer.CALLBACK_KEY);
    server.hold("1234", Plan.of(40, 10));
    String task =
        server.create(
            1234,
            ",\"Whiteboard\":{\"Width\":1025,\"Height\":768,\"InitParam\":\"{\\\"ratio\\\":\\\"4:3\\\",\\\"smoothLevel\\\":0.3}\"}");
    JsonNode described = server.awaitFinished(task);
    assertThat(described.propertyNames())
        .containsExactly(
            "TaskId",
            "Status",
            "Progress",
            "RoomId",
            "GroupId",
            "RecordStartTime",
            "TotalTime",
            "VideoInfos",
            "RequestId");
    assertThat(described.path("Progress").asInt()).isEqualTo(100);
    assertResult(described, UNMIXED, List.of("TaskId", "Status", "Progress", "RequestId"));
    assertThat(
            described.path("VideoInfos").valueStream().map(one -> one.path("VideoId").asString()))
        .doesNotHaveDuplicates()
        .allMatch(id -> id.matches("[0-9a-f]{32}"));

    server.awaitEvents("OfflineRecordFinished", 1);
    assertEvents(task);
    JsonNode data = server.events.getLast().path("EventData");
    assertThat(data.propertyNames())
        .containsExactly(
            "TaskId",
            "RoomId",
            "GroupId",
            "Progress",
            "RecordStartTime",
            "TotalTime",
            "VideoInfos");
    assertThat(data.path("Progress").asInt()).isEqualTo(100);
    assertResult(data, UNMIXED, List.of("TaskId", "Progress"));

    assertClass(task);
    assertFiles(task, described);
  }

  /** What was handed to the recorder. */
  private void assertClass(String task) throws Exception {
    ReplayRequest request =
        Json.LINES.readValue(
            Files.readString(server.files(task).resolve("class.json")), ReplayRequest.class);
    assertThat(request).isEqualTo(new ReplayRequest(1024, 768, 4.0 / 3, null, null, null));
    List<String> messages = server.lines(task, "messages.jsonl");
    assertThat(messages).hasSize(2);
    JsonNode first = Json.LINES.readTree(messages.getFirst());
    assertThat(first.propertyNames())
        .containsExactly(
            "From_Account",
            "IsPlaceMsg",
            "MsgBody",
            "MsgRandom",
            "MsgSeq",
            "MsgTimeStamp",
            "MsgTimeMillis");
    assertThat(first.path("MsgSeq").asLong()).isEqualTo(1);
    assertThat(first.path("MsgTimeMillis").asLong() / 1000)
        .isEqualTo(first.path("MsgTimeStamp").asLong())
        .isBetween(Instant.now().getEpochSecond() - 60, Instant.now().getEpochSecond());
    assertThat(first.path("MsgBody").path(0).path("MsgContent").path("Data").asString())
        .contains("1003");
    assertThat(server.lines(task, "starts.log").getFirst())
        .contains("[replay, " + server.files(task) + ", 127.0.0.1:");
  }

  /** The videos and nothing else of the folder. */
  private static void assertFiles(String task, JsonNode described) throws Exception {
    String any = "";
    for (JsonNode video : described.path("VideoInfos")) {
      any = video.path("VideoUrl").asString();
      var answer = Downloads.get(any);
      assertThat(answer.statusCode()).isEqualTo(200);
      assertThat(answer.body()).hasSize(video.path("VideoSize").asInt());
      assertThat(answer.headers().firstValue("Content-Type").orElse("")).startsWith("video/mp4");
    }
    for (String other :
        List.of(
            "messages.jsonl",
            "class.json",
            "replay.json",
            "mix.mp4",
            "parts",
            "parts%2Fpart-0",
            "..%2F" + task + "%2Fboard.mp4")) {
      int status = Downloads.get(any.replace("board.mp4", other)).statusCode();
      assertThat(status).as(other).isIn(400, 404);
    }
    assertThat(Downloads.get(any.replaceAll("s=.", "s=")).statusCode()).isEqualTo(401);
  }

  /** In order, each signed, progress growing in ten steps at least. */
  private void assertEvents(String task) {
    assertEvents(task, server.events);
  }

  /** A server that was killed may have sent a callback and not noted it: that one comes again. */
  private static List<JsonNode> withoutRepeats(List<JsonNode> events) {
    List<JsonNode> all = new ArrayList<>();
    for (JsonNode event : events) {
      boolean repeats =
          !all.isEmpty()
              && all.getLast().path("EventType").equals(event.path("EventType"))
              && all.getLast().path("EventData").equals(event.path("EventData"));
      if (!repeats) {
        all.add(event);
      }
    }
    return all;
  }

  private static void assertEvents(String task, List<JsonNode> events) {
    int steps = 0;
    int last = 0;
    for (JsonNode event : events) {
      long expires = event.path("ExpireTime").asLong();
      assertThat(expires).isGreaterThan(Instant.now().getEpochSecond());
      assertThat(event.path("Sign").asString())
          .isEqualTo(Md5.hex(ClassServer.CALLBACK_KEY + expires));
      assertThat(event.path("SdkAppId").asLong()).isEqualTo(TencentTestServer.APP);
      assertThat(event.path("Timestamp").asLong())
          .isBetween(Instant.now().getEpochSecond() - 60, Instant.now().getEpochSecond());
      JsonNode data = event.path("EventData");
      assertThat(data.path("TaskId").asString()).isEqualTo(task);
      assertThat(data.path("RoomId").isNumber()).isTrue();
      if (event.path("EventType").asString().equals("OfflineRecordProgressChanged")) {
        assertThat(data.propertyNames()).containsExactly("TaskId", "RoomId", "Progress");
        assertThat(data.path("Progress").isNumber()).isTrue();
        assertThat(data.path("Progress").asInt()).isGreaterThan(last);
        last = data.path("Progress").asInt();
        steps++;
      }
    }
    assertThat(steps).isGreaterThanOrEqualTo(10);
    assertThat(last).isEqualTo(100);
    assertThat(events.stream().map(event -> event.path("EventType").asString()).toList())
        .containsOnlyOnce("OfflineRecordFinished")
        .last()
        .isEqualTo("OfflineRecordFinished");
  }

  @Test
  @SideBySide
  void allInOneVideo() throws Exception {
    server.open();
    server.hold("class-7", Plan.of(10, 1));
    String task =
        server.create(
            1234,
            ",\"GroupId\":\"class-7\",\"MixStream\":{\"Enabled\":true,\"DisableAudio\":true,\"ModelId\":2,\"TeacherId\":\"t\"}");
    JsonNode described = server.awaitFinished(task);
    assertResult(
        described,
        MIXED.replace("\"GroupId\":\"1234\"", "\"GroupId\":\"class-7\""),
        List.of("TaskId", "Status", "Progress", "RequestId"));
    ReplayRequest request =
        Json.LINES.readValue(
            Files.readString(server.files(task).resolve("class.json")), ReplayRequest.class);
    assertThat(request.mix()).isEqualTo(new ReplayRequest.Mix(1920, 1080, "t", false));
    assertThat(server.events).as("nobody set a callback").isEmpty();
  }

  /** While it waits or goes on; then again. */
  @Test
  @SideBySide
  void oneUnfinishedTaskOfARoom() throws Exception {
    server.open();
    server.hold("1", Plan.of(20, 100));
    server.hold("2", Plan.of(10, 1));
    String first = server.create(1, "");
    assertCode("LimitExceeded.TaskConcurrency", () -> server.create(1, ""));
    assertCode("LimitExceeded.TaskConcurrency", () -> server.create(1, ",\"GroupId\":\"2\""));
    String second = server.create(2, "");
    JsonNode waiting = server.describe(second);
    assertThat(waiting.path("Progress").asInt()).isZero();
    assertThat(waiting.path("RecordStartTime").asInt()).isZero();
    assertThat(waiting.path("TotalTime").asInt()).isZero();
    assertThat(waiting.path("VideoInfos").isArray()).isTrue();
    assertThat(waiting.path("VideoInfos").size()).isZero();
    server.await(first, "PROCESSING", now -> now.path("Status").asString().equals("PROCESSING"));
    assertThat(server.describe(second).path("Status").asString()).isEqualTo("QUEUED");
    server.awaitFinished(first);
    server.awaitFinished(second);
    assertThat(server.awaitFinished(server.create(1, "")).path("TaskId").asString())
        .isNotEqualTo(first);
  }

  /** At a third of the way; what was finished is not made again, and the class stays as it was. */
  @Test
  @SideBySide
  void theWorkerIsKilled() throws Exception {
    server.open().setCallback(ClassServer.CALLBACK_KEY);
    server.hold("1234", Plan.of(30, 150));
    String task = server.create(1234, "");
    server.await(task, "30 %", now -> now.path("Progress").asInt() >= 30);
    server.send("1234", "", "{\"late\":true}");
    killWorker(task);
    int before = server.describe(task).path("Progress").asInt();
    assertThat(before).isBetween(30, 90);
    boolean[] less = new boolean[1];
    server.await(
        task,
        "FINISHED",
        now -> {
          less[0] |= now.path("Progress").asInt() < before;
          return now.path("Status").asString().equals("FINISHED");
        });
    assertThat(less[0]).as("progress became less").isFalse();
    assertThat(server.lines(task, "starts.log")).hasSize(2);
    assertRedone(task, 30);
    assertThat(server.lines(task, "messages.jsonl")).hasSize(2);
    server.awaitEvents("OfflineRecordFinished", 1);
    assertEvents(task);
  }

  @Test
  @SideBySide
  void theWorkerIsKilledAgainAndAgain() throws Exception {
    server.open().setCallback("");
    server.hold("1234", Plan.of(300, 60));
    String task = server.create(1234, "");
    for (int attempt = 1; attempt <= 3; attempt++) {
      int starts = attempt;
      assertThat(
              Await.until(
                  Duration.ofSeconds(30),
                  () -> {
                    try {
                      return server.lines(task, "starts.log").size() == starts;
                    } catch (IOException e) {
                      return false;
                    }
                  }))
          .isTrue();
      killWorker(task);
    }
    assertThat(server.awaitFailed(task).getErrorCode()).isEqualTo("FailedOperation.Record");
    assertThat(server.awaitFailed(task).getMessage())
        .contains("code: -1, msg: The recorder was killed by signal 9");
    server.awaitEvents("OfflineRecordFinished", 1);
    JsonNode event = server.events.getLast();
    assertThat(event.has("Sign")).as("without a key").isFalse();
    assertThat(event.has("ExpireTime")).isFalse();
    JsonNode data = event.path("EventData");
    assertThat(data.path("Progress").asInt()).isEqualTo(100);
    assertThat(data.path("VideoInfos").size()).isZero();
    assertThat(data.path("Error").path("Code").asString()).isEqualTo("FailedOperation.Record");
    assertThat(data.path("Error").path("Message").asString()).contains("signal 9");
    server.send("1234", "StandIn", Json.LINES.writeValueAsString(Plan.of(10, 1)));
    server.awaitFinished(server.create(1234, "")); // anew
  }

  @Test
  @SideBySide
  void theServerIsStoppedAndStarted() throws Exception {
    server.open().setCallback(ClassServer.CALLBACK_KEY);
    server.hold("1234", Plan.of(30, 60));
    String task = server.create(1234, "");
    server.await(task, "30 %", now -> now.path("Progress").asInt() >= 30);
    server.shut();
    assertThat(server.workers(task)).isEmpty();
    server.open();
    assertThat(server.describe(task).path("Progress").asInt()).isGreaterThanOrEqualTo(30);
    server.awaitFinished(task);
    assertRedone(task, 30);
    server.awaitEvents("OfflineRecordFinished", 1);
    assertEvents(task);
  }

  /** The worker at 30 %, the server at 70 %, both without a warning. */
  @Test
  @SideBySide
  void bothAreKilled() throws Exception {
    server.spawn().setCallback(ClassServer.CALLBACK_KEY);
    server.hold("1234", Plan.of(50, 60));
    String task = server.create(1234, "");
    server.await(task, "30 %", now -> now.path("Progress").asInt() >= 30);
    killWorker(task);
    server.await(task, "70 %", now -> now.path("Progress").asInt() >= 70);
    server.kill();
    server.spawn();
    server.awaitFinished(task);
    assertRedone(task, 50, 2);
    server.awaitEvents("OfflineRecordFinished", 1);
    assertEvents(task, withoutRepeats(server.events));
    server.kill();
  }

  @Test
  @SideBySide
  void theRecorderRefuses() throws Exception {
    server.open();
    server.hold("1234", Plan.failing(3, FailureCategory.USER));
    String task = server.create(1234, "");
    assertThat(server.awaitFailed(task).getMessage()).contains("code: -1, msg: The board says no");
    assertThat(server.lines(task, "starts.log")).hasSize(1);
  }

  @ParameterizedTest
  @SideBySide
  @ValueSource(strings = {"PAGE", "incomplete"})
  void whatMayPassIsTriedThreeTimes(String how) throws Exception {
    server.open();
    server.hold(
        "1234",
        switch (how) {
          case "incomplete" -> new Plan(10, 1, -1, null, false, true);
          default -> Plan.failing(3, FailureCategory.valueOf(how));
        });
    String task = server.create(1234, "");
    assertThat(server.awaitFailed(task).getErrorCode()).isEqualTo("FailedOperation.Record");
    assertThat(server.awaitFailed(task).getMessage())
        .contains(
            switch (how) {
              case "incomplete" -> "its result is not complete";
              default -> "code: -1, msg: The board says no";
            });
    assertThat(server.lines(task, "starts.log")).hasSize(3);
  }

  @Test
  @SideBySide
  void thereIsNothingToReplay() throws Exception {
    server.open();
    String nowhere = server.create(1234, ",\"GroupId\":\"nowhere\"");
    assertThat(server.awaitFailed(nowhere).getErrorCode()).isEqualTo("FailedOperation.Record");
    assertThat(server.awaitFailed(nowhere).getMessage())
        .contains("code: 2003, msg: There are no messages of the group nowhere");
    server.group("1234");
    String empty = server.create(1234, "");
    assertThat(server.awaitFailed(empty).getMessage()).contains("code: 2003");
    assertThat(server.files(empty).resolve("starts.log")).doesNotExist();
    server.send("1234", "", "{}");
    server.awaitFinished(server.create(1234, "")); // within the history's life
  }

  private void killWorker(String task) throws Exception {
    List<ProcessHandle> workers = server.workers(task);
    assertThat(workers).isNotEmpty();
    workers.forEach(ProcessHandle::destroyForcibly);
  }

  private void assertRedone(String task, int parts) throws Exception {
    assertRedone(task, parts, 1);
  }

  /** Of each kill at the most the part that was being made. */
  private void assertRedone(String task, int parts, int kills) throws Exception {
    List<String> made = server.lines(task, "made.log");
    assertThat(made.stream().distinct()).hasSize(parts);
    assertThat(made.size()).isBetween(parts, parts + kills);
  }

  /** The same fields with the same values in the same order; links and ids are our own. */
  private static void assertResult(JsonNode actual, String example, List<String> others) {
    JsonNode expected = Json.LINES.readTree(example);
    assertThat(actual.propertyNames().stream().filter(name -> !others.contains(name)))
        .filteredOn(name -> expected.has(name))
        .containsExactlyElementsOf(
            others.contains("Status")
                ? expected.propertyNames()
                : List.of("RoomId", "GroupId", "RecordStartTime", "TotalTime", "VideoInfos"));
    for (String name : expected.propertyNames()) {
      if (!name.equals("VideoInfos") && actual.has(name)) {
        assertThat(actual.path(name)).as(name).isEqualTo(expected.path(name));
      }
    }
    JsonNode videos = actual.path("VideoInfos");
    assertThat(videos.size()).isEqualTo(expected.path("VideoInfos").size());
    for (int i = 0; i < videos.size(); i++) {
      JsonNode video = expected.path("VideoInfos").path(i);
      assertThat(videos.path(i).propertyNames()).containsExactlyElementsOf(video.propertyNames());
      for (String name : video.propertyNames()) {
        if (!name.equals("VideoUrl") && !name.equals("VideoId")) {
          assertThat(videos.path(i).path(name).asString())
              .as(name)
              .isEqualTo(video.path(name).asString());
        }
      }
    }
    long end = 0;
    for (JsonNode video : videos) {
      end =
          Math.max(
              end, video.path("VideoPlayTime").asLong() + video.path("VideoDuration").asLong());
    }
    assertThat(actual.path("TotalTime").asLong()).isEqualTo(end);
  }
}
