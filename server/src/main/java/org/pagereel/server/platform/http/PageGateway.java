package org.pagereel.server.platform.http;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.Optional;
import java.util.function.Function;
import org.eclipse.jetty.http.HttpException;
import org.eclipse.jetty.http.HttpURI;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.HttpConnectionFactory;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.SecureRequestCustomizer;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.server.SslConnectionFactory;
import org.eclipse.jetty.util.ssl.SslContextFactory;
import org.jspecify.annotations.Nullable;

/**
 * Where recorded pages find this server by its public address, although that leads to a proxy on
 * this machine or into a network of its own. What is encrypted passes the pages' proxy unread, so
 * paths are looked at here.
 */
public final class PageGateway {
  private static final int FORBIDDEN = 403;

  private final Function<String, Optional<String>> paths;
  private final @Nullable GatewayKey key;
  private volatile int port;

  /**
   * A gateway that is closed until {@link WebServer} opens it.
   *
   * @param paths a path of the public address as one of this server's; empty refuses it
   * @param key for TLS; null for none
   */
  public PageGateway(Function<String, Optional<String>> paths, @Nullable GatewayKey key) {
    this.paths = paths;
    this.key = key;
  }

  /** Its address; the port of a closed gateway refuses connections. */
  public InetSocketAddress address() {
    return new InetSocketAddress(InetAddress.getLoopbackAddress(), port);
  }

  void open(Server server, HttpConfiguration http) throws Exception {
    http.addCustomizer(new SecureRequestCustomizer(false)); // the key is for whatever name it is
    http.addCustomizer((request, headers) -> admitted(request));
    HttpConnectionFactory plain = new HttpConnectionFactory(http);
    ServerConnector connector =
        key == null
            ? new ServerConnector(server, plain)
            : new ServerConnector(
                server, new SslConnectionFactory(tls(key), plain.getProtocol()), plain);
    connector.setHost(InetAddress.getLoopbackAddress().getHostAddress());
    server.addConnector(connector);
    server.manage(connector);
    connector.start();
    port = connector.getLocalPort();
  }

  private static SslContextFactory.Server tls(GatewayKey key) {
    SslContextFactory.Server tls = new SslContextFactory.Server();
    tls.setKeyStore(key.keys());
    tls.setKeyStorePassword(GatewayKey.PASSWORD);
    tls.setSniRequired(false);
    return tls;
  }

  private Request admitted(Request request) {
    HttpURI uri = request.getHttpURI();
    String path =
        paths
            .apply(String.valueOf(uri.getPath()))
            .orElseThrow(
                () -> new HttpException.RuntimeException(FORBIDDEN, "Not for recorded pages"));
    HttpURI inner = HttpURI.build(uri, path, null, uri.getQuery()).asImmutable();
    return new Request.Wrapper(request) {
      @Override
      public HttpURI getHttpURI() {
        return inner;
      }
    };
  }
}
