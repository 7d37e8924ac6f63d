package org.pagereel.server.tools.bench;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import com.sun.net.httpserver.SimpleFileServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * Serves the benchmark's pages on loopback, with the media that were made for them below {@code
 * /media/}, and hears from a page that it plays: a browser of somebody else's has no other way to
 * tell.
 */
public final class BenchServer implements AutoCloseable {
  private static final String RUN = "run=";

  private final HttpServer server;

  /** A video that is watched is a request that lasts, so each has a thread. */
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();

  private final Map<String, CompletableFuture<Boolean>> playing = new ConcurrentHashMap<>();

  private BenchServer(HttpServer server) {
    this.server = server;
  }

  public static BenchServer serve(Path pages, Path media) throws IOException {
    HttpServer http =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    BenchServer server = new BenchServer(http);
    http.createContext("/", SimpleFileServer.createFileHandler(pages.toAbsolutePath()));
    http.createContext("/media/", SimpleFileServer.createFileHandler(media.toAbsolutePath()));
    http.createContext("/playing", server::hear);
    http.setExecutor(server.threads);
    http.start();
    return server;
  }

  /** The address of a page, such as {@code bench/motion.html}. */
  public String page(String path) {
    return "http://127.0.0.1:" + server.getAddress().getPort() + "/" + path;
  }

  /** True when the page of this run plays, false when the deadline passes first. */
  boolean awaitPlaying(String run, Duration deadline) {
    try {
      return of(run).get(deadline.toMillis(), TimeUnit.MILLISECONDS);
    } catch (TimeoutException | ExecutionException e) {
      return false;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  @Override
  public void close() {
    server.stop(0);
    threads.shutdownNow();
  }

  private void hear(HttpExchange exchange) throws IOException {
    String query = exchange.getRequestURI().getRawQuery();
    if (query != null && query.startsWith(RUN)) {
      of(query.substring(RUN.length())).complete(true);
    }
    exchange.sendResponseHeaders(204, -1);
    exchange.close();
  }

  private CompletableFuture<Boolean> of(String run) {
    return playing.computeIfAbsent(run, key -> new CompletableFuture<>());
  }
}
