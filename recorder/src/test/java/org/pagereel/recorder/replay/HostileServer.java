package org.pagereel.recorder.replay;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpHandler;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;

/** Serves files as badly as it can be done. */
final class HostileServer implements AutoCloseable {
  private final HttpServer server;
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
  final AtomicInteger asked = new AtomicInteger();

  HostileServer(Path good) throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.setExecutor(threads);
    byte[] file = Files.readAllBytes(good);
    handle("/good", exchange -> send(exchange, 200, file));
    handle("/absent", exchange -> send(exchange, 404, new byte[0]));
    handle("/nothing", exchange -> send(exchange, 200, new byte[0]));
    handle("/broken", exchange -> send(exchange, 200, first(file, file.length / 3)));
    handle(
        "/junk",
        exchange -> send(exchange, 200, "<html>".repeat(1000).getBytes(StandardCharsets.US_ASCII)));
    handle(
        "/list",
        exchange ->
            send(
                exchange,
                200,
                "#EXTM3U\n#EXT-X-TARGETDURATION:9\n#EXTINF:9,\nfile:///etc/passwd\n"
                    .getBytes(StandardCharsets.US_ASCII)));
    handle("/flaky", exchange -> send(exchange, asked.getAndIncrement() < 2 ? 503 : 200, file));
    handle("/circle", exchange -> redirect(exchange, "/circle"));
    handle("/moved", exchange -> redirect(exchange, "/good"));
    handle("/inward", exchange -> redirect(exchange, "file:///etc/passwd"));
    handle("/cut", exchange -> cut(exchange, file));
    handle("/endless", HostileServer::endless);
    server.start();
  }

  private void handle(String path, HttpHandler handler) {
    server.createContext(path, handler);
  }

  String url(String path) {
    return "http://127.0.0.1:" + server.getAddress().getPort() + path;
  }

  private static byte[] first(byte[] file, int length) {
    return Arrays.copyOf(file, length);
  }

  private static void send(HttpExchange exchange, int status, byte[] body) throws IOException {
    try (exchange) {
      exchange.sendResponseHeaders(status, body.length == 0 ? -1 : body.length);
      exchange.getResponseBody().write(body);
    }
  }

  private static void redirect(HttpExchange exchange, String to) throws IOException {
    exchange.getResponseHeaders().add("Location", to);
    send(exchange, 302, new byte[0]);
  }

  /** Says that there is more than it sends. */
  private static void cut(HttpExchange exchange, byte[] file) throws IOException {
    exchange.sendResponseHeaders(200, file.length * 2L);
    exchange.getResponseBody().write(file);
    exchange.close();
  }

  private static void endless(HttpExchange exchange) throws IOException {
    exchange.sendResponseHeaders(200, 0);
    try (OutputStream out = exchange.getResponseBody()) {
      byte[] zeros = new byte[1 << 20];
      for (int i = 0; i < 500; i++) { // far beyond what may be taken
        out.write(zeros);
      }
    }
  }

  @Override
  public void close() {
    server.stop(0);
    threads.shutdownNow();
  }
}
