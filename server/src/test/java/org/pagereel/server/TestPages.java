package org.pagereel.server;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import com.sun.net.httpserver.SimpleFileServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** The test's own web server: the built-in pages, and pages that misbehave. */
public final class TestPages implements AutoCloseable {
  private final HttpServer server;
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();

  public TestPages() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    Path pages = Path.of(System.getProperty("pagereel.home"), "record-page", "pages");
    server.createContext("/", SimpleFileServer.createFileHandler(pages.toAbsolutePath()));
    server.setExecutor(threads);
    server.start();
  }

  /** The address of a built-in page. */
  public String url(String path) {
    return "http://127.0.0.1:" + server.getAddress().getPort() + "/" + path;
  }

  /** Serves a page with this body. */
  public String html(String path, String body) {
    return answer(path, 200, "text/html; charset=utf-8", "<!doctype html>" + body);
  }

  /** Serves a fixed answer. */
  public String answer(String path, int status, String type, String body) {
    server.createContext("/" + path, exchange -> send(exchange, status, type, body));
    return url(path);
  }

  /** Serves something special. */
  public String handle(String path, com.sun.net.httpserver.HttpHandler handler) {
    server.createContext("/" + path, handler);
    return url(path);
  }

  public static void send(HttpExchange exchange, int status, String type, String body)
      throws IOException {
    byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
    exchange.getResponseHeaders().set("Content-Type", type);
    exchange.sendResponseHeaders(status, bytes.length);
    exchange.getResponseBody().write(bytes);
    exchange.close();
  }

  @Override
  public void close() {
    server.stop(0);
    threads.shutdownNow();
  }
}
