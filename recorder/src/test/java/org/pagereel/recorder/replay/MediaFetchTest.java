package org.pagereel.recorder.replay;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpHandler;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Files that messages name come through the proxy, which knows what may be asked, or not at all.
 */
class MediaFetchTest {
  private static final long MOST = 1000;

  @TempDir Path folder;
  private final Queue<String> asked = new ConcurrentLinkedQueue<>();
  private final Queue<String> reached = new ConcurrentLinkedQueue<>();
  private final List<HttpServer> servers = new ArrayList<>();

  @AfterEach
  void close() {
    servers.forEach(server -> server.stop(0));
  }

  @Test
  void theProxyIsTheOnlyWay() throws Exception {
    int secret =
        serve(exchange -> {
          reached.add(exchange.getRequestURI().toString());
          answer(exchange, 200);
        });
    String inside = "http://127.0.0.1:" + secret + "/secret.mp4";
    int proxy =
        serve(exchange -> {
          asked.add(exchange.getRequestURI().toString());
          if (exchange.getRequestURI().getHost().equals("files.test")) {
            exchange.getResponseHeaders().set("Location", inside);
            answer(exchange, 302);
          } else {
            answer(exchange, 403);
          }
        });
    MediaFetch fetch = new MediaFetch(folder, "127.0.0.1:" + proxy, () -> {});
    for (String address :
        List.of(inside, "http://localhost:" + secret + "/", "http://files.test/camera.mp4")) {
      assertThatThrownBy(() -> fetch.fetch(address, folder.resolve("fetched"), MOST))
          .as(address)
          .isInstanceOf(IOException.class);
    }
    assertThat(reached).isEmpty();
    assertThat(asked).contains("http://localhost:" + secret + "/", "http://files.test/camera.mp4");
    assertThat(asked.stream().filter(inside::equals).count())
        .as("asked for directly, and after a redirect")
        .isGreaterThanOrEqualTo(2);
  }

  private int serve(HttpHandler handler) throws IOException {
    HttpServer server =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext("/", handler);
    server.start();
    servers.add(server);
    return server.getAddress().getPort();
  }

  private static void answer(HttpExchange exchange, int status) throws IOException {
    exchange.sendResponseHeaders(status, -1);
    exchange.close();
  }
}
