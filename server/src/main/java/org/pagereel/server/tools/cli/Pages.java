package org.pagereel.server.tools.cli;

import com.sun.net.httpserver.HttpServer;
import com.sun.net.httpserver.SimpleFileServer;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Path;

/** Serves the pages of module record-page on loopback, as they lie in this build. */
final class Pages implements AutoCloseable {
  private final HttpServer server;

  private Pages(HttpServer server) {
    this.server = server;
  }

  static Pages serve() {
    Path folder =
        Path.of(System.getProperty("pagereel.home", "."), "record-page", "pages").toAbsolutePath();
    HttpServer server =
        SimpleFileServer.createFileServer(
            new InetSocketAddress(InetAddress.getLoopbackAddress(), 0),
            folder,
            SimpleFileServer.OutputLevel.NONE);
    server.start();
    return new Pages(server);
  }

  String demo() {
    return page("demo/");
  }

  /** The address of a page, such as {@code bench/motion.html}. */
  String page(String path) {
    return "http://127.0.0.1:" + server.getAddress().getPort() + "/" + path;
  }

  @Override
  public void close() {
    server.stop(0);
  }
}
