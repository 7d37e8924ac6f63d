package org.pagereel.server.platform.http;

import io.javalin.Javalin;
import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import io.javalin.http.HttpResponseException;
import java.io.EOFException;
import java.net.InetSocketAddress;
import java.util.function.Consumer;
import org.eclipse.jetty.server.HttpConfiguration;
import org.jspecify.annotations.Nullable;
import org.pagereel.recorder.wire.Json;
import org.pagereel.server.platform.store.StoreUnavailable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.databind.node.ObjectNode;

/** The one web server of a process. Every answer of an API is JSON, errors included. */
public final class WebServer implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(WebServer.class);
  private static final long LARGEST_BODY = 256_000;
  private static final int LARGEST_HEAD = 64 * 1024;

  private final Javalin javalin;

  private WebServer(Javalin javalin) {
    this.javalin = javalin;
  }

  /**
   * Starts to listen; routes are added by the faces.
   *
   * @param gateway opened as well; null for none
   */
  public static WebServer open(
      InetSocketAddress listen, @Nullable PageGateway gateway, Consumer<RoutesConfig> routes) {
    Javalin javalin =
        Javalin.create(config -> {
          config.startup.showJavalinBanner = false;
          config.startup.showOldJavalinVersionWarning = false;
          config.concurrency.useVirtualThreads = true;
          config.http.maxRequestSize = LARGEST_BODY;
          config.http.prefer405over404 = true;
          config.jetty.modifyHttpConfiguration(WebServer::configure);
          config.jetty.modifyServer(server -> server.setErrorHandler(new JsonErrors()));
          config.jetty.modifyServer(server -> server.addEventListener(new Backlog(server)));
          config.bundledPlugins.enableCors(cors -> cors.addRule(rule -> rule.anyHost()));
          config.routes.before(WebServer::endIfTooLarge);
          config.routes.exception(ApiError.class, WebServer::answer);
          config.routes.exception(HttpResponseException.class, WebServer::answer);
          config.routes.exception(Exception.class, WebServer::answer);
          for (int status : new int[] {404, 405, 413}) {
            config.routes.error(status, WebServer::complete);
          }
          routes.accept(config.routes);
        });
    javalin.start(listen.getHostString(), listen.getPort());
    if (gateway != null) {
      open(gateway, javalin);
    }
    return new WebServer(javalin);
  }

  /** The same without a gateway. */
  public static WebServer open(InetSocketAddress listen, Consumer<RoutesConfig> routes) {
    return open(listen, null, routes);
  }

  /**
   * A body that is refused unread ends its connection, and the answer must say so: a client that
   * keeps the connection would find it closed with its next request.
   */
  private static void endIfTooLarge(Context context) {
    if (context.contentLength() > LARGEST_BODY) {
      context.header("Connection", "close");
    }
  }

  private static void open(PageGateway gateway, Javalin javalin) {
    HttpConfiguration http = new HttpConfiguration();
    configure(http);
    try {
      gateway.open(javalin.jettyServer().server(), http);
    } catch (Exception e) {
      javalin.stop();
      throw new IllegalStateException("Cannot open a port on loopback for recorded pages", e);
    }
  }

  private static void configure(HttpConfiguration http) {
    http.setRequestHeaderSize(LARGEST_HEAD);
    http.setSendServerVersion(false);
    // Otherwise a header that begins like one before it on the same connection gets that
    // one's upper and lower case: one caller could spoil another's behind a proxy.
    http.setHeaderCacheCaseSensitive(true);
  }

  public int port() {
    return javalin.port();
  }

  @Override
  public void close() {
    javalin.stop();
  }

  /** {@code {"code":0,"msg":"Success","ts":…,"data":…}}. */
  public static void success(Context context, @Nullable Object data) {
    ObjectNode body = Envelope.of(0, "Success");
    if (data != null) {
      body.set("data", Json.LINES.valueToTree(data));
    }
    context.contentType("application/json").result(body.toString());
  }

  private static void fail(Context context, int status, int code, String message) {
    String body = Envelope.of(code, message).toString();
    context.status(status).contentType("application/json").result(body);
  }

  private static void answer(ApiError error, Context context) {
    if (error.status() == 503) {
      Unavailable.retryLater(context);
    }
    fail(context, error.status(), error.code(), String.valueOf(error.getMessage()));
  }

  private static void answer(HttpResponseException error, Context context) {
    fail(context, error.getStatus(), error.getStatus(), String.valueOf(error.getMessage()));
  }

  private static void answer(Exception error, Context context) {
    if (Unavailable.tell(context, error)) {
      fail(context, 503, 503, StoreUnavailable.MESSAGE);
      return;
    }
    if (isBrokenOff(error)) {
      LOG.info("{} {}: {}", context.method(), context.path(), error.toString());
      fail(context, 400, 400, "The request's body is broken off, or cannot be read");
      return;
    }
    LOG.error("{} {}", context.method(), context.path(), error);
    fail(context, 500, 500, "Internal Server Error");
  }

  /** A body that ends too early, or in chunks that are none, is found out when it is read. */
  private static boolean isBrokenOff(Throwable error) {
    for (Throwable cause = error; cause != null; cause = cause.getCause()) {
      if (cause instanceof EOFException) {
        return true;
      }
    }
    return false;
  }

  /** An answer that Javalin made by itself. */
  private static void complete(Context context) {
    String type = context.res().getContentType();
    if (type == null || !type.startsWith("application/json")) {
      int status = context.statusCode();
      fail(context, status, status, message(context, status));
    }
  }

  private static String message(Context context, int status) {
    return switch (status) {
      case 404 -> "No such route: " + context.method() + " " + context.path();
      case 405 -> context.method() + " is not allowed for " + context.path();
      default -> "The body is larger than " + LARGEST_BODY + " bytes";
    };
  }
}
