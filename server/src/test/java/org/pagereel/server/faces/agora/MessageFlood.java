package org.pagereel.server.faces.agora;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicLong;
import org.pagereel.server.faces.usersig.NewUserSig;

/**
 * Two hundred classes that send board messages, as a process of its own: in life it is on other
 * machines. Arguments: the server's address, the app's number and key, messages a second, seconds.
 * Prints one line: how many were answered by success, otherwise, and not in time for their turn.
 */
final class MessageFlood {
  private static final int GROUPS = 200;
  private static final int AT_ONCE = 64;
  private static final HttpClient HTTP =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

  private final String base;
  private final String query;
  private final AtomicLong done = new AtomicLong();
  private final AtomicLong refused = new AtomicLong();

  private MessageFlood(String base, long app, String key) {
    this.base = base + "/v4/group_open_http_svc/";
    query =
        "?sdkappid=%d&identifier=administrator&usersig=%s&random=1&contenttype=json"
            .formatted(
                app, NewUserSig.of(app, "administrator", key, Instant.now(), Duration.ofHours(1)));
  }

  public static void main(String[] words) throws Exception {
    MessageFlood flood = new MessageFlood(words[0], Long.parseLong(words[1]), words[2]);
    flood.run(Integer.parseInt(words[3]), Integer.parseInt(words[4]));
  }

  private void run(int rate, int seconds) throws InterruptedException {
    for (int i = 0; i < GROUPS; i++) {
      call(
          "create_group", "{\"Type\":\"Private\",\"Name\":\"n\",\"GroupId\":\"g%d\"}".formatted(i));
    }
    if (done.getAndSet(0) != GROUPS) {
      throw new IllegalStateException("the groups could not be made");
    }
    long wanted = (long) rate * seconds;
    long late = 0;
    Semaphore turns = new Semaphore(AT_ONCE);
    long began = System.nanoTime();
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      for (long i = 0; i < wanted; i++) {
        long wait = began + i * 1_000_000_000 / rate - System.nanoTime();
        if (wait > 0) {
          Thread.sleep(Duration.ofNanos(wait));
        }
        late = Math.max(late, -wait / 1_000_000);
        turns.acquire();
        long number = i;
        threads.execute(() -> {
          try {
            call("send_group_msg", message(number));
          } finally {
            turns.release();
          }
        });
      }
    }
    System.out.printf(
        "done %d, otherwise %d, at most %d ms late, in %.1f s%n",
        done.get(), refused.get(), late, (System.nanoTime() - began) / 1e9);
  }

  private static String message(long number) {
    return ("{\"GroupId\":\"g%d\",\"Random\":%d,\"MsgBody\":[{\"MsgType\":\"TIMCustomElem\","
            + "\"MsgContent\":{\"Ext\":\"TXWhiteBoardExt\",\"Data\":\"{\\\"seq\\\":%d,"
            + "\\\"value\\\":{\\\"action\\\":2,\\\"x\\\":100,\\\"y\\\":200}}\"}}]}")
        .formatted(number % GROUPS, number, number);
  }

  private void call(String command, String body) {
    try {
      HttpRequest request =
          HttpRequest.newBuilder(URI.create(base + command + query))
              .timeout(Duration.ofSeconds(20))
              .POST(HttpRequest.BodyPublishers.ofString(body))
              .build();
      String answer = HTTP.send(request, HttpResponse.BodyHandlers.ofString()).body();
      (answer.contains("\"ErrorCode\":0") ? done : refused).incrementAndGet();
    } catch (java.io.IOException e) {
      refused.incrementAndGet();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
