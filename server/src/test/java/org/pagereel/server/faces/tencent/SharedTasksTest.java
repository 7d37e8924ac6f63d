package org.pagereel.server.faces.tencent;

import static org.assertj.core.api.Assertions.assertThat;

import com.tencentcloudapi.tiw.v20190919.TiwClient;
import com.tencentcloudapi.tiw.v20190919.models.DescribeOnlineRecordRequest;
import com.tencentcloudapi.tiw.v20190919.models.PauseOnlineRecordRequest;
import com.tencentcloudapi.tiw.v20190919.models.ResumeOnlineRecordRequest;
import com.tencentcloudapi.tiw.v20190919.models.StopOnlineRecordRequest;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;
import org.pagereel.recorder.process.Await;
import org.pagereel.recorder.wire.Json;
import org.pagereel.server.LeftoverCheck;
import org.pagereel.server.TestPages;
import org.pagereel.server.WholeMachine;
import org.pagereel.server.service.NodeProcesses;
import org.pagereel.server.service.NodeService;
import tools.jackson.databind.JsonNode;

/**
 * Three nodes with real recorders are one service to the vendor's client, whichever of them each
 * call comes to. {@code -Dpagereel.long=true -Dpagereel.rounds=10}.
 */
@WholeMachine
@EnabledIfSystemProperty(named = "pagereel.long", matches = "true")
class SharedTasksTest {
  private static final int ROUNDS = Integer.getInteger("pagereel.rounds", 1);
  private static final Duration SOON = Duration.ofSeconds(60);

  @TempDir Path folder;
  private final List<JsonNode> came = new CopyOnWriteArrayList<>();

  @Test
  void everyCallGoesToAnotherNode() throws Exception {
    try (TestPages pages = new TestPages();
        NodeProcesses nodes = new NodeProcesses(folder, NodeService.class)) {
      nodes.settings(
          """
          tencent:
            - secretId: %s
              secretKey: %s
              apps: [{sdkAppId: %d, page: "%s", ready: load}]
          """
              .formatted(
                  TencentTestServer.ID,
                  TencentTestServer.KEY,
                  TencentTestServer.APP,
                  pages.url("demo/")));
      List<TiwClient> clients = new ArrayList<>();
      for (String name : List.of("a", "b", "c")) {
        clients.add(TencentTestServer.client(nodes.start(name, 2).port()));
      }
      String receiver =
          pages.handle(
              "events",
              exchange -> {
                came.add(Json.LINES.readTree(exchange.getRequestBody().readAllBytes()));
                TestPages.send(exchange, 200, "text/plain", "{\"error_code\":0}");
              });
      clients.getFirst().SetOnlineRecordCallback(TencentTestServer.callback(receiver));
      for (int round = 0; round < ROUNDS; round++) {
        task(clients, String.valueOf(round));
      }
    }
    LeftoverCheck.assertNothingLeft();
  }

  private void task(List<TiwClient> clients, String user) throws Exception {
    TiwClient a = clients.get(0);
    TiwClient b = clients.get(1);
    TiwClient c = clients.get(2);
    String task =
        a.StartOnlineRecord(TencentTestServer.start(TencentTestServer.APP, user)).getTaskId();
    await(b, task, "RECORDING");
    PauseOnlineRecordRequest pause = new PauseOnlineRecordRequest();
    pause.setSdkAppId(TencentTestServer.APP);
    pause.setTaskId(task);
    b.PauseOnlineRecord(pause);
    await(c, task, "PAUSED");
    ResumeOnlineRecordRequest resume = new ResumeOnlineRecordRequest();
    resume.setSdkAppId(TencentTestServer.APP);
    resume.setTaskId(task);
    c.ResumeOnlineRecord(resume);
    await(a, task, "RECORDING");
    StopOnlineRecordRequest stop = new StopOnlineRecordRequest();
    stop.setSdkAppId(TencentTestServer.APP);
    stop.setTaskId(task);
    a.StopOnlineRecord(stop);
    await(b, task, "FINISHED");
    assertThat(Await.until(SOON, () -> told(task).contains("OnlineRecordFinished")))
        .as("%s", told(task))
        .isTrue();
    assertThat(told(task))
        .containsExactly("OnlineRecordStarted", "OnlineRecordStopped", "OnlineRecordFinished");
  }

  /** Of each change once. */
  private List<String> told(String task) {
    return came.stream()
        .filter(event -> event.path("EventData").path("TaskId").asString().equals(task))
        .map(event -> event.path("EventType").asString())
        .toList();
  }

  private static void await(TiwClient client, String task, String status) {
    DescribeOnlineRecordRequest describe = new DescribeOnlineRecordRequest();
    describe.setSdkAppId(TencentTestServer.APP);
    describe.setTaskId(task);
    String[] last = new String[1];
    assertThat(
            Await.until(
                SOON,
                () -> {
                  try {
                    last[0] = client.DescribeOnlineRecord(describe).getStatus();
                    return last[0].equals(status);
                  } catch (com.tencentcloudapi.common.exception.TencentCloudSDKException e) {
                    throw new AssertionError(e);
                  }
                }))
        .as("%s, not %s", last[0], status)
        .isTrue();
  }
}
