package org.pagereel.recorder.replay;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpHandler;
import com.sun.net.httpserver.HttpServer;
import com.sun.net.httpserver.SimpleFileServer;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.HexFormat;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;
import org.pagereel.recorder.wire.Json;
import tools.jackson.core.JacksonException;
import tools.jackson.core.type.TypeReference;

/**
 * What the replay page talks to, on this machine's loopback and under a secret path: our pages, the
 * script, pictures, and where it sends the film.
 */
final class BoardServer implements AutoCloseable {
  private static final int MAX_WORDS = 1_000_000;
  private static final Duration SHOT = Duration.ofSeconds(30);

  private final BlockingQueue<BoardNews> news = new LinkedBlockingQueue<>();
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
  private final HttpServer server;
  private final String path;
  private final BoardScript script;
  private final BoardPictures pictures;
  private volatile @Nullable BoardPart part;
  private volatile long heardAt = System.nanoTime();
  private volatile long workedAt = System.nanoTime();
  private volatile String asked = "to be opened";

  BoardServer(Path pages, BoardScript script, BoardPictures pictures) throws IOException {
    this.script = script;
    this.pictures = pictures;
    byte[] secret = new byte[16];
    new SecureRandom().nextBytes(secret);
    path = "/" + HexFormat.of().formatHex(secret) + "/";
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext(
        path + "pages/", SimpleFileServer.createFileHandler(pages.toAbsolutePath()));
    on("script", exchange -> send(exchange, script(exchange)));
    on("fetch", this::fetch);
    on("chunks", this::chunks);
    on("missing", this::missing);
    on("shot", this::shot);
    on(
        "alive",
        exchange -> {
          asked = words(exchange);
          send(exchange, new byte[0]);
        });
    on(
        "done",
        exchange -> {
          news.add(new BoardNews.Done(number(exchange), counts(words(exchange))));
          send(exchange, new byte[0]);
        });
    on(
        "failed",
        exchange -> {
          news.add(new BoardNews.Failed(number(exchange), words(exchange)));
          send(exchange, new byte[0]);
        });
    server.setExecutor(threads);
    server.start();
  }

  int port() {
    return server.getAddress().getPort();
  }

  /** With a slash at its end. */
  String address() {
    return "http://127.0.0.1:" + port() + path;
  }

  /** The part whose data are taken; null for none. */
  void expect(@Nullable BoardPart wanted) {
    part = wanted;
    news.clear();
    heardAt = System.nanoTime();
    workedAt = System.nanoTime();
  }

  /** The next news, or null when there is none in time. */
  @Nullable BoardNews await(Duration time) throws InterruptedException {
    return news.poll(time.toMillis(), TimeUnit.MILLISECONDS);
  }

  /** The time since anything came from the page. */
  Duration silence() {
    return Duration.ofNanos(System.nanoTime() - heardAt);
  }

  /** The time since the page made progress; it may have been heard since. */
  Duration idleness() {
    return Duration.ofNanos(System.nanoTime() - workedAt);
  }

  /** The request that the page was working on when it was heard last. */
  String asked() {
    return asked;
  }

  private void on(String name, HttpHandler handler) {
    server.createContext(
        path + name,
        exchange -> {
          heardAt = System.nanoTime();
          workedAt = name.equals("alive") ? workedAt : heardAt;
          try (exchange) {
            // A customer's page comes from another origin.
            exchange.getResponseHeaders().set("Access-Control-Allow-Origin", "*");
            exchange.getResponseHeaders().set("Cache-Control", "no-store");
            answer(exchange, handler);
          }
        });
  }

  private static void answer(HttpExchange exchange, HttpHandler handler) throws IOException {
    try {
      handler.handle(exchange);
    } catch (IOException | IllegalArgumentException e) {
      // Before it is closed: the page shall know that it was heard, and that it did not work.
      exchange.sendResponseHeaders(500, -1);
    }
  }

  private byte[] script(HttpExchange exchange) throws IOException {
    return script.piece(Long.parseLong(query(exchange, "from")));
  }

  private void fetch(HttpExchange exchange) throws IOException {
    try {
      BoardPictures.Picture picture = pictures.fetch(query(exchange, "url"));
      exchange.getResponseHeaders().set("Content-Type", picture.type());
      exchange.getResponseHeaders().set("X-Content-Type-Options", "nosniff");
      // Never a page of ours, whatever it says that it is.
      exchange.getResponseHeaders().set("Content-Security-Policy", "sandbox");
      send(exchange, picture.bytes());
    } catch (IOException e) {
      exchange.sendResponseHeaders(404, -1);
    }
  }

  private void chunks(HttpExchange exchange) throws IOException {
    BoardPart wanted = part;
    if (wanted == null || wanted.number() != number(exchange)) {
      exchange.sendResponseHeaders(409, -1);
      return;
    }
    try {
      wanted.take(exchange.getRequestBody());
    } catch (RuntimeException e) {
      news.add(new BoardNews.Failed(wanted.number(), String.valueOf(e.getMessage())));
      throw new IOException(e);
    }
    send(exchange, new byte[0]);
  }

  private void missing(HttpExchange exchange) throws IOException {
    try {
      Map<String, String> told =
          Json.LINES.readValue(words(exchange), new TypeReference<Map<String, String>>() {});
      pictures.missing(told.getOrDefault("url", ""), told.getOrDefault("reason", ""));
    } catch (JacksonException e) {
      throw new IOException(e);
    }
    send(exchange, new byte[0]);
  }

  private void shot(HttpExchange exchange) throws IOException {
    CompletableFuture<byte[]> answer = new CompletableFuture<>();
    news.add(new BoardNews.Shot(answer));
    try {
      exchange.getResponseHeaders().set("Content-Type", "image/png");
      send(exchange, answer.get(SHOT.toMillis(), TimeUnit.MILLISECONDS));
    } catch (ExecutionException | TimeoutException e) {
      throw new IOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException(e);
    }
  }

  private static int number(HttpExchange exchange) {
    return Integer.parseInt(query(exchange, "part"));
  }

  private static String query(HttpExchange exchange, String name) {
    for (String pair : String.valueOf(exchange.getRequestURI().getRawQuery()).split("&", -1)) {
      if (pair.startsWith(name + "=")) {
        return URLDecoder.decode(pair.substring(name.length() + 1), StandardCharsets.UTF_8);
      }
    }
    throw new IllegalArgumentException("no " + name);
  }

  private static String words(HttpExchange exchange) throws IOException {
    try (InputStream body = exchange.getRequestBody()) {
      return new String(body.readNBytes(MAX_WORDS), StandardCharsets.UTF_8);
    }
  }

  private static Map<String, Long> counts(String json) {
    try {
      return Json.LINES.readValue(json, new TypeReference<Map<String, Long>>() {});
    } catch (JacksonException e) {
      return Map.of(); // a page of somebody else's, which counts in a way of its own
    }
  }

  private static void send(HttpExchange exchange, byte[] bytes) throws IOException {
    exchange.sendResponseHeaders(200, bytes.length == 0 ? -1 : bytes.length);
    if (bytes.length > 0) {
      exchange.getResponseBody().write(bytes);
    }
  }

  @Override
  public void close() {
    server.stop(0);
    threads.shutdownNow();
  }
}
