package org.pagereel.server.faces.im;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpExchange;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Pulling from servers that fail, lie and disappear. */
@Timeout(60)
class HistoryClientTest {
  private static final Backoff QUICK =
      new Backoff(Duration.ofMillis(1), Duration.ofMillis(4), Duration.ofMillis(2), 5);

  @TempDir Path folder;

  @Test
  void fromAServerThatFailsEverySeventhCall() throws Exception {
    try (ImTestServer desk = new ImTestServer(folder);
        FrontServer front = new FrontServer((call, exchange) -> passOrFail(desk, call, exchange));
        HistoryClient client = client(front)) {
      desk.create("class");
      desk.fill("class", 2000, 9);
      HistoryInMemory keeper = new HistoryInMemory();
      Pulled pulled = client.pull("class", keeper);
      assertWhole(keeper);
      assertThat(pulled).isEqualTo(new Pulled(1778, 222, 16));
      PulledMessage first = keeper.messages().getLast();
      assertThat(first.seq()).isEqualTo(1);
      assertThat(first.sender()).isEqualTo("teacher");
      assertThat(first.random()).isEqualTo(1);
      assertThat(first.at()).isBetween(Instant.now().minusSeconds(60), Instant.now());
      assertThat(first.body().path(0).path("MsgContent").path("Text").stringValue())
          .isEqualTo("text 1");
    }
  }

  /** Each kind of failure in turn; the request has arrived in all of them. */
  private static void passOrFail(ImTestServer desk, int call, HttpExchange exchange)
      throws Exception {
    if (call % 7 != 0) {
      FrontServer.pass(exchange, desk.address());
      return;
    }
    switch (call / 7 % 5) {
      case 0 -> FrontServer.answer(exchange, 503, new byte[0]);
      case 1 -> exchange.close();
      case 2 -> answer(exchange, "{\"ActionStatus\":\"OK\",\"Err");
      case 3 -> answer(exchange, error(60007));
      default -> answer(exchange, error(10002));
    }
  }

  @Test
  void goesOnWhereItEnded() throws Exception {
    try (ImTestServer desk = new ImTestServer(folder);
        FrontServer front =
            new FrontServer((call, exchange) -> {
              // Down from time to time, for longer than anybody tries.
              if (call % 30 > 20) {
                FrontServer.answer(exchange, 500, new byte[0]);
              } else {
                FrontServer.pass(exchange, desk.address());
              }
            })) {
      desk.create("class");
      desk.fill("class", 2000, 9);
      HistoryInMemory keeper = new HistoryInMemory();
      int runs = 0;
      boolean isWhole = false;
      while (!isWhole) {
        runs++;
        try (HistoryClient client = client(front)) {
          client.pull("class", keeper);
          isWhole = true;
        } catch (HistoryFailure e) {
          assertThat(e.isWorthRepeating()).isTrue();
          assertThat(e).hasMessageContaining("class").hasMessageContaining("500");
        }
      }
      assertThat(runs).isGreaterThan(3);
      assertWhole(keeper);
      int calls = front.calls.get();
      try (HistoryClient client = client(front)) {
        assertThat(client.pull("class", keeper)).isEqualTo(Pulled.NOTHING);
      }
      assertThat(front.calls.get()).as("nobody is asked for what is there").isEqualTo(calls);
    }
  }

  /** A page that the caller could not keep is pulled again. */
  @Test
  void aCallerThatFails() throws Exception {
    try (ImTestServer desk = new ImTestServer(folder);
        HistoryClient client = client(desk.address())) {
      desk.create("class");
      desk.fill("class", 100, 0);
      HistoryInMemory keeper = new HistoryInMemory();
      PulledHistory full =
          new PulledHistory() {
            @Override
            public OptionalLong lowest() {
              return keeper.lowest();
            }

            @Override
            public void add(PulledPage page) {
              if (keeper.pages.size() == 2) {
                throw new IllegalStateException("disk full");
              }
              keeper.add(page);
            }
          };
      assertThatThrownBy(() -> client.pull("class", full)).hasMessage("disk full");
      client.pull("class", keeper);
      assertThat(keeper.seqs()).containsExactlyElementsOf(ImFaceTest.down(100, 1));
    }
  }

  @Test
  void aServerThatGoesRoundInCircles() throws Exception {
    try (FrontServer front = new FrontServer((call, exchange) -> answer(exchange, page(3, 2)));
        HistoryClient client = client(front)) {
      HistoryInMemory keeper = new HistoryInMemory();
      assertThatThrownBy(() -> client.pull("g", keeper))
          .isInstanceOf(HistoryFailure.class)
          .hasMessageContaining("not older than 2");
      assertThat(keeper.seqs()).containsExactly(3L, 2L);
      assertThat(front.calls.get()).isEqualTo(2);
    }
  }

  /** It leaves out what it has not, says things twice and in any order, and has no beginning. */
  @Test
  void aServerWithManners() throws Exception {
    String[] answers = {
      page(50, 49, 45), page(41, 43, 43, 49), "{\"ErrorCode\":0,\"ActionStatus\":\"OK\"}"
    };
    try (FrontServer front =
            new FrontServer((call, exchange) -> answer(exchange, answers[call - 1]));
        HistoryClient client = client(front)) {
      HistoryInMemory keeper = new HistoryInMemory();
      assertThat(client.pull("g", keeper)).isEqualTo(new Pulled(5, 45, 0));
      assertThat(keeper.seqs()).containsExactly(50L, 49L, 45L, 43L, 41L);
      assertThat(keeper.pages.getFirst().holes()).containsExactly(new SeqRange(46, 48));
      assertThat(keeper.pages.get(1).holes())
          .containsExactly(new SeqRange(44, 44), new SeqRange(42, 42));
      assertThat(keeper.pages.getLast())
          .isEqualTo(new PulledPage(List.of(), List.of(new SeqRange(1, 40)), 1));
    }
  }

  @Test
  void aGroupWithoutMessages() throws Exception {
    try (ImTestServer desk = new ImTestServer(folder);
        HistoryClient client = client(desk.address())) {
      desk.create("empty");
      HistoryInMemory keeper = new HistoryInMemory();
      assertThat(client.pull("empty", keeper)).isEqualTo(Pulled.NOTHING);
      assertThat(keeper.pages).isEmpty();
      assertThatThrownBy(() -> client.pull("none", keeper))
          .isInstanceOf(HistoryFailure.class)
          .hasMessageContaining("ErrorCode 10010");
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"ErrorCode\":0,\"RspMsgList\":{}}",
        "{\"ErrorCode\":0,\"RspMsgList\":[7]}",
        "{\"ErrorCode\":0,\"RspMsgList\":[{\"MsgSeq\":1e400}]}",
        "{\"ErrorCode\":0,\"RspMsgList\":[{\"MsgSeq\":-1}]}",
        "{\"ErrorCode\":0,\"RspMsgList\":[{\"MsgSeq\":9223372036854775807}]}",
        "{\"ErrorCode\":\"0\"}",
        "{}",
        "[]",
        ""
      })
  void answersThatAreNone(String answer) throws Exception {
    try (FrontServer front = new FrontServer((call, exchange) -> answer(exchange, answer));
        HistoryClient client = client(front)) {
      assertThatThrownBy(() -> client.pull("g", new HistoryInMemory()))
          .isInstanceOf(HistoryFailure.class);
      assertThat(front.calls.get()).as("bounded").isEqualTo(QUICK.tries());
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {10010, 60006, 70009, 10007})
  void whatStaysWrongIsNotRepeated(int code) throws Exception {
    try (FrontServer front = new FrontServer((call, exchange) -> answer(exchange, error(code)));
        HistoryClient client = client(front)) {
      assertThatThrownBy(() -> client.pull("g", new HistoryInMemory()))
          .hasMessageContaining("ErrorCode " + code);
      assertThat(front.calls.get()).isEqualTo(1);
    }
  }

  @Test
  void pausesDoubleAndTooManyCallsWaitLonger() {
    Backoff backoff = Backoff.USUAL;
    assertThat(backoff.pause(1, false)).isEqualTo(Duration.ofMillis(500));
    assertThat(backoff.pause(3, false)).isEqualTo(Duration.ofSeconds(2));
    assertThat(backoff.pause(1, true)).isEqualTo(Duration.ofSeconds(2));
    assertThat(backoff.pause(4, true)).isEqualTo(Duration.ofSeconds(4));
    assertThat(backoff.pause(1000, true)).isEqualTo(Duration.ofSeconds(30));
  }

  @Test
  void closingEndsAPause() throws Exception {
    CountDownLatch called = new CountDownLatch(1);
    Backoff slow = new Backoff(Duration.ofHours(1), Duration.ofHours(1), Duration.ofHours(1), 5);
    try (FrontServer front =
        new FrontServer((call, exchange) -> {
          answer(exchange, error(60007));
          called.countDown();
        })) {
      HistoryClient client = new HistoryClient(access(front.address()), slow);
      CompletableFuture<Pulled> pulling =
          CompletableFuture.supplyAsync(() -> client.pull("g", new HistoryInMemory()));
      assertThat(called.await(20, TimeUnit.SECONDS)).isTrue();
      client.close();
      assertThatThrownBy(pulling::join)
          .isInstanceOf(CompletionException.class)
          .hasCauseInstanceOf(HistoryFailure.class);
    }
  }

  @Test
  void closingEndsACall() throws Exception {
    CountDownLatch called = new CountDownLatch(1);
    CountDownLatch over = new CountDownLatch(1);
    try (FrontServer front =
        new FrontServer((call, exchange) -> {
          called.countDown();
          assertThat(over.await(20, TimeUnit.SECONDS)).isTrue();
        })) {
      HistoryClient client = client(front);
      CompletableFuture<Pulled> pulling =
          CompletableFuture.supplyAsync(() -> client.pull("g", new HistoryInMemory()));
      assertThat(called.await(20, TimeUnit.SECONDS)).isTrue();
      client.close();
      assertThatThrownBy(() -> pulling.get(5, TimeUnit.SECONDS))
          .hasCauseInstanceOf(HistoryFailure.class);
      over.countDown();
    }
  }

  private static void assertWhole(HistoryInMemory keeper) {
    assertThat(keeper.seqs())
        .containsExactlyElementsOf(
            ImFaceTest.down(2000, 1).stream().filter(seq -> seq % 9 != 0).toList());
    assertThat(keeper.holes())
        .containsExactlyElementsOf(
            ImFaceTest.down(2000, 1).stream().filter(seq -> seq % 9 == 0).toList());
  }

  private static HistoryClient client(FrontServer front) {
    return client(front.address());
  }

  private static HistoryClient client(URI address) {
    return new HistoryClient(access(address), QUICK);
  }

  private static HistoryAccess access(URI address) {
    return new HistoryAccess(address, ImTestServer.APP, ImTestServer.KEY, "管理 admin");
  }

  private static String page(long... seqs) {
    StringBuilder list = new StringBuilder();
    for (long seq : seqs) {
      list.append(list.isEmpty() ? "" : ",")
          .append("{\"From_Account\":\"a\",\"IsPlaceMsg\":0,\"MsgBody\":[{}],\"MsgSeq\":")
          .append(seq)
          .append('}');
    }
    return "{\"ActionStatus\":\"OK\",\"ErrorCode\":0,\"RspMsgList\":[" + list + "]}";
  }

  private static String error(int code) {
    return "{\"ActionStatus\":\"FAIL\",\"ErrorCode\":" + code + ",\"ErrorInfo\":\"no\"}";
  }

  private static void answer(HttpExchange exchange, String body) throws Exception {
    FrontServer.answer(exchange, 200, body.getBytes(StandardCharsets.UTF_8));
  }
}
