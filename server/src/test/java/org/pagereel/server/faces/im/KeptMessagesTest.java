package org.pagereel.server.faces.im;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentSkipListSet;
import org.jdbi.v3.core.statement.SqlLogger;
import org.jdbi.v3.core.statement.StatementContext;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.pagereel.server.platform.config.TencentApp;
import tools.jackson.databind.JsonNode;

/** Messages outlive the server, and not their time. */
class KeptMessagesTest {
  private static final Duration WEEK = TencentApp.DEFAULT_MESSAGES;
  private static final String PAGE = "{\"GroupId\":\"g\",\"ReqMsgNumber\":20}";

  @TempDir Path folder;

  @Test
  void aRestart() throws Exception {
    JsonNode before;
    JsonNode sent;
    try (ImTestServer desk = new ImTestServer(folder)) {
      desk.create("g");
      desk.send("g", 1, "one");
      sent = desk.send("g", 2, "two");
      before = desk.call("group_msg_get_simple", PAGE);
    }
    try (ImTestServer desk = new ImTestServer(folder)) {
      assertThat(desk.call("group_msg_get_simple", PAGE)).isEqualTo(before);
      assertThat(desk.send("g", 2, "two")).as("still the same Random").isEqualTo(sent);
      assertThat(desk.send("g", 3, "three").path("MsgSeq").asLong()).isEqualTo(3);
    }
  }

  @Test
  void aLivingGroupCountsOn() throws Exception {
    try (ImTestServer desk = new ImTestServer(folder)) {
      desk.create("g");
      Instant before = Instant.now();
      desk.fill("g", 3, 0);
      desk.clean(before.plus(WEEK).minusSeconds(1));
      assertThat(history(desk, ImTestServer.APP)).hasSize(3);
      desk.clean(Instant.now().plus(WEEK));
      assertThat(history(desk, ImTestServer.APP)).isEmpty();
      assertThat(desk.send("g", 9, "next").path("MsgSeq").asLong()).isEqualTo(4);
      JsonNode list = desk.call("group_msg_get_simple", PAGE).path("RspMsgList");
      assertThat(list.size()).isEqualTo(4);
      assertThat(list.path(0).path("IsPlaceMsg").asInt()).isEqualTo(0);
      assertThat(list.path(1).path("IsPlaceMsg").asInt()).isEqualTo(1);
    }
  }

  @Test
  void aDestroyedOneGoesWithItsMessages() throws Exception {
    try (ImTestServer desk = new ImTestServer(folder)) {
      desk.create("g");
      desk.fill("g", 3, 0);
      Instant destroyed = Instant.now();
      desk.call("destroy_group", "{\"GroupId\":\"g\"}");
      desk.clean(destroyed.plus(WEEK).minusSeconds(1));
      assertThat(history(desk, ImTestServer.APP)).hasSize(3);
      desk.clean(Instant.now().plus(WEEK));
      assertThat(history(desk, ImTestServer.APP)).isEmpty();
      assertThat(count(desk, "im_groups")).isZero();
      assertThat(count(desk, "im_messages")).isZero();
    }
  }

  @Test
  void anAppsOwnTime() throws Exception {
    try (ImTestServer desk = new ImTestServer(folder)) {
      String boss = ImTestServer.query(ImTestServer.WITH_ADMINS, "boss");
      desk.call("create_group", boss, "{\"Type\":\"Public\",\"Name\":\"n\",\"GroupId\":\"g\"}");
      desk.call("send_group_msg", boss, ImTestServer.message("g", 1, "t").toString());
      desk.clean(Instant.now().plus(Duration.ofHours(2)).minusSeconds(30));
      assertThat(history(desk, ImTestServer.WITH_ADMINS)).hasSize(1);
      desk.clean(Instant.now().plus(Duration.ofHours(2)));
      assertThat(history(desk, ImTestServer.WITH_ADMINS)).isEmpty();
    }
  }

  /** Whoever writes meanwhile waits for one step at the most. */
  @Test
  void aLongHistoryGoesInSteps() throws Exception {
    try (ImTestServer desk = new ImTestServer(folder)) {
      desk.create("g");
      desk.fill("g", 2000, 0);
      Set<Integer> left = new ConcurrentSkipListSet<>();
      desk.jdbi()
          .setSqlLogger(
              new SqlLogger() {
                @Override
                public void logBeforeExecution(StatementContext context) {
                  if (context.getRenderedSql().startsWith("DELETE FROM im_messages")) {
                    left.add(desk.seen("im_messages"));
                  }
                }
              });
      desk.clean(Instant.now().plus(WEEK));
      assertThat(left).contains(2000, 1500, 1000, 500);
      assertThat(count(desk, "im_messages")).isZero();
    }
  }

  /** What was for those online only is forgotten as soon as its Random may be used again. */
  @Test
  void whatWasNotToBeKept() throws Exception {
    try (ImTestServer desk = new ImTestServer(folder)) {
      desk.create("g");
      desk.fill("g", 4, 2);
      assertThat(count(desk, "im_messages")).isEqualTo(4);
      desk.clean(Instant.now());
      assertThat(count(desk, "im_messages")).isEqualTo(4);
      desk.clean(Instant.now().plus(GroupMessages.SAME_WITHIN));
      assertThat(count(desk, "im_messages")).isEqualTo(2);
      assertThat(desk.call("group_msg_get_simple", PAGE).path("RspMsgList").size()).isEqualTo(4);
    }
  }

  private static List<GroupMessage> history(ImTestServer desk, long app) {
    return new GroupHistory(desk.jdbi()).read(app, "g", 0, 100);
  }

  private static int count(ImTestServer desk, String table) {
    return desk.jdbi()
        .withHandle(handle ->
            handle.createQuery("SELECT COUNT(*) FROM " + table).mapTo(Integer.class).one());
  }
}
