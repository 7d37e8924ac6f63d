package org.pagereel.server.faces.tencent;

import static org.assertj.core.api.Assertions.assertThat;

import com.tencentcloudapi.tiw.v20190919.models.SetOnlineRecordCallbackKeyRequest;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.pagereel.recorder.FailureCategory;
import org.pagereel.recorder.StreamFiles.Kind;
import org.pagereel.recorder.process.Await;
import org.pagereel.recorder.wire.Json;
import org.pagereel.server.TestPages;
import org.pagereel.server.core.recording.AttemptHistory;
import org.pagereel.server.core.recording.EndCause;
import org.pagereel.server.core.recording.Failure;
import org.pagereel.server.core.recording.Status;
import tools.jackson.databind.JsonNode;

/** Events arrive in order, each once, signed anew at every try, and again until they are taken. */
class TaskCallbackTest {
  private static final Duration PATIENCE = Duration.ofSeconds(15);
  private static final AttemptHistory FIRST = new AttemptHistory(1, 0, 0, true, true);

  @TempDir Path folder;
  private final List<JsonNode> came = new CopyOnWriteArrayList<>();
  private final AtomicInteger failures = new AtomicInteger();
  private TencentTestServer desk;
  private TestPages receiver;

  @BeforeEach
  void open() throws Exception {
    desk = new TencentTestServer(folder);
    receiver = new TestPages();
    String url =
        receiver.handle(
            "events",
            exchange -> {
              byte[] body = exchange.getRequestBody().readAllBytes();
              came.add(Json.LINES.readTree(new String(body, StandardCharsets.UTF_8)));
              boolean fails = failures.getAndDecrement() > 0;
              TestPages.send(exchange, fails ? 201 : 200, "text/plain", "{\"error_code\":0}");
            });
    desk.client().SetOnlineRecordCallback(TencentTestServer.callback(url));
  }

  @AfterEach
  void close() {
    receiver.close();
    desk.close();
  }

  /** The vectors of docs/vendors/tencent.md, "Callbacks". */
  @Test
  void theSignIsTheVendors() {
    assertThat(CallbackTarget.sign("Xz4ZgayTr7rMgWQrH", 1588040109L))
        .isEqualTo("a2dabb362a9b811c0e26953a6276a41c");
    assertThat(CallbackTarget.sign("9016607A382749C69D4F4B00C61DD083", 1548247837L))
        .isEqualTo("5400bac77ba6467a8f8ac056f1769f45");
  }

  @Test
  void aWholeTask() throws Exception {
    SetOnlineRecordCallbackKeyRequest key = new SetOnlineRecordCallbackKeyRequest();
    key.setSdkAppId(TencentTestServer.APP);
    key.setCallbackKey("6vg9G7Fd");
    desk.client().SetOnlineRecordCallbackKey(key);
    failures.set(3);
    String task = start("1");
    desk.made(
        task,
        TencentTestServer.files(
            TencentTestServer.file("page.mp4", Kind.WHITEBOARD, "", 5, 10, 10)));
    desk.become(
        task, new Status.Starting(new AttemptHistory(1, 0, 0, false, false), Instant.now()), null);
    desk.become(task, new Status.Running(FIRST, Instant.now()), null);
    desk.become(task, new Status.Paused(FIRST, Instant.now()), null);
    desk.become(task, new Status.Running(FIRST, Instant.now()), null);
    desk.become(
        task, new Status.Starting(new AttemptHistory(2, 0, 1, true, true), Instant.now()), null);
    desk.become(task, new Status.Finishing(FIRST, null), EndCause.ASKED);
    desk.become(task, new Status.Finished(FIRST), EndCause.ASKED);
    awaitCame(6);
    assertThat(came.stream().map(event -> event.path("EventType").asString()))
        .containsExactly(
            "OnlineRecordStarted",
            "OnlineRecordStarted",
            "OnlineRecordStarted",
            "OnlineRecordStarted",
            "OnlineRecordStopped",
            "OnlineRecordFinished");
    for (JsonNode event : came) {
      long expires = event.path("ExpireTime").asLong();
      assertThat(expires).isBetween(now() + 500, now() + 600);
      assertThat(event.path("Sign").asString()).isEqualTo(Md5.hex("6vg9G7Fd" + expires));
      assertThat(event.path("SdkAppId").asLong()).isEqualTo(TencentTestServer.APP);
      assertThat(event.path("Timestamp").asLong()).isBetween(now() - 20, now());
      JsonNode data = event.path("EventData");
      assertThat(data.path("TaskId").asString()).isEqualTo(task);
      assertThat(data.path("RoomId").asLong()).isEqualTo(1203);
      assertThat(data.path("RecordUserId").asString()).isEqualTo("tic_record_user_1203_1");
    }
    JsonNode data = came.getLast().path("EventData");
    assertThat(data.path("FinishReason").asString()).isEqualTo("USER_CALL");
    assertThat(data.path("GroupId").asString()).isEqualTo("1203");
    assertThat(data.path("TotalTime").asLong()).isEqualTo(15);
    assertThat(data.path("VideoInfos").path(0).path("VideoType").asInt()).isEqualTo(2);
    assertThat(data.path("VideoInfos").path(0).path("VideoUrl").asString()).startsWith("http");
  }

  @Test
  void withoutAKeyThereIsNoSign() throws Exception {
    String task = start("1");
    desk.become(task, new Status.Finished(AttemptHistory.NONE), EndCause.ASKED);
    awaitCame(2);
    assertThat(came.stream().map(event -> event.path("EventType").asString()))
        .containsExactly("OnlineRecordStopped", "OnlineRecordFinished");
    assertThat(came).noneMatch(event -> event.has("Sign") || event.has("ExpireTime"));
  }

  @Test
  void aFailureIsTold() throws Exception {
    String task = start("1");
    Failure failure = new Failure(FailureCategory.INTERNAL, "The screen is gone", false);
    desk.become(task, new Status.Finishing(AttemptHistory.NONE, failure), EndCause.FAILURE);
    desk.become(task, new Status.Failed(AttemptHistory.NONE, failure), EndCause.FAILURE);
    awaitCame(2);
    JsonNode data = came.getLast().path("EventData");
    assertThat(data.path("FinishReason").asString()).isEqualTo("EXCEPTION");
    assertThat(data.path("Error").path("Code").asString()).isEqualTo("FailedOperation.Record");
    assertThat(data.path("Error").path("Message").asString())
        .isEqualTo("code: 49999, msg: The screen is gone");
  }

  /** Ten more tries, and then the next event has its turn. */
  @Test
  void nobodyIsAskedForEver() throws Exception {
    failures.set(11);
    String task = start("1");
    desk.become(task, new Status.Running(FIRST, Instant.now()), null);
    awaitCame(11);
    desk.become(task, new Status.Finished(FIRST), EndCause.ASKED);
    awaitCame(13);
    assertThat(came.stream().skip(10).map(event -> event.path("EventType").asString()))
        .containsExactly("OnlineRecordStarted", "OnlineRecordStopped", "OnlineRecordFinished");
  }

  /** Without an address there is nobody to tell, and none who comes later hears of it. */
  @Test
  void nothingIsKeptForNobody() throws Exception {
    desk.client().SetOnlineRecordCallback(TencentTestServer.callback(""));
    String task = start("1");
    desk.become(task, new Status.Running(FIRST, Instant.now()), null);
    desk.client().SetOnlineRecordCallback(TencentTestServer.callback(receiver.url("events")));
    desk.become(task, new Status.Finished(FIRST), EndCause.ASKED);
    awaitCame(2);
    assertThat(came.getFirst().path("EventType").asString()).isEqualTo("OnlineRecordStopped");
  }

  private String start(String user) throws Exception {
    return desk.client()
        .StartOnlineRecord(TencentTestServer.start(TencentTestServer.APP, user))
        .getTaskId();
  }

  private void awaitCame(int events) {
    assertThat(Await.until(PATIENCE, () -> came.size() >= events)).as("%s", came).isTrue();
    assertThat(came).hasSize(events);
  }

  private static long now() {
    return Instant.now().getEpochSecond();
  }
}
