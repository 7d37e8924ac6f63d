package org.pagereel.server.platform.network;

import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.codec.http.DefaultFullHttpResponse;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpObject;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpVersion;
import java.lang.reflect.Field;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.littleshoot.proxy.HttpFilters;
import org.littleshoot.proxy.HttpFiltersAdapter;
import org.littleshoot.proxy.HttpFiltersSourceAdapter;
import org.littleshoot.proxy.HttpProxyServer;
import org.littleshoot.proxy.impl.DefaultHttpProxyServer;
import org.littleshoot.proxy.impl.ThreadPoolConfiguration;

/**
 * The only way out for recorded pages. It looks up every name itself and connects to the very
 * address that it has judged, so neither redirects, nor sub-resources, nor a name that changes its
 * address lead anywhere else.
 */
public final class PageProxy implements AutoCloseable {
  private static final int WORKERS = 32;
  private static final int FEW_WORKERS = 4;
  private static final int LONGEST_HEAD = 64 * 1024;

  private final HttpProxyServer server;

  private PageProxy(HttpProxyServer server) {
    this.server = server;
    keepUntilClosed();
  }

  /**
   * By itself it would end as soon as the JVM is told to. But what is recorded then goes on until
   * it is finished, or recorded elsewhere, and its pages need the network as long.
   */
  private void keepUntilClosed() {
    try {
      Field hook = DefaultHttpProxyServer.class.getDeclaredField("jvmShutdownHook");
      hook.setAccessible(true);
      Runtime.getRuntime().removeShutdownHook((Thread) hook.get(server));
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException("This version of LittleProxy ends in another way", e);
    }
  }

  /**
   * Starts a proxy for recorded pages.
   *
   * @param gateway receives requests for this server's public address, as far as that leads to this
   *     machine or into a network that pages may not reach; it answers what is meant for pages
   */
  public static PageProxy open(
      AddressPolicy policy, OwnService own, Supplier<InetSocketAddress> gateway) {
    return open("pages", WORKERS, policy, own, gateway);
  }

  /** One for what this server sends where callers want it to: it shows nothing of the server. */
  public static PageProxy forSending(AddressPolicy policy, InetSocketAddress listen) {
    OwnService own = OwnService.closed(listen);
    return open("sending", FEW_WORKERS, policy, own, own::address);
  }

  private static PageProxy open(
      String name,
      int workers,
      AddressPolicy policy,
      OwnService own,
      Supplier<InetSocketAddress> gateway) {
    return new PageProxy(
        DefaultHttpProxyServer.bootstrap()
            .withName(name)
            .withAddress(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0))
            .withServerResolver((host, port) -> resolve(policy, own, gateway, host, port))
            .withFiltersSource(new OwnServiceOnly(own))
            // Names are looked up on these threads; one page's slow names must not stop another's.
            .withThreadPoolConfiguration(
                new ThreadPoolConfiguration()
                    .withClientToProxyWorkerThreads(workers)
                    .withProxyToServerWorkerThreads(workers))
            .withMaxInitialLineLength(LONGEST_HEAD)
            .withMaxHeaderSize(LONGEST_HEAD)
            .withConnectTimeout(15_000)
            .withIdleConnectionTimeout(300)
            .start());
  }

  /** The same for a server without a public address. */
  public static PageProxy open(AddressPolicy policy, OwnService own) {
    return open(policy, own, own::address);
  }

  /** For a recorder's {@code prepare}. */
  public String address() {
    return "127.0.0.1:" + at().getPort();
  }

  /** Its address. */
  public InetSocketAddress at() {
    return server.getListenAddress();
  }

  private static InetSocketAddress resolve(
      AddressPolicy policy,
      OwnService own,
      Supplier<InetSocketAddress> gateway,
      String host,
      int port)
      throws UnknownHostException {
    if (own.is(host, port)) {
      return own.address();
    }
    if (own.isPublicly(host, port)) {
      // Elsewhere it may be the address of other pages, too.
      return elsewhere(policy, host)
          .map(address -> new InetSocketAddress(address, port))
          .orElseGet(gateway);
    }
    InetAddress address = policy.resolve(host);
    if (own.leadsHere(address, port)) {
      throw new UnknownHostException(host + " is this server by another name");
    }
    return new InetSocketAddress(address, port);
  }

  private static Optional<InetAddress> elsewhere(AddressPolicy policy, String host) {
    try {
      return Optional.of(policy.resolve(host)).filter(address -> !AddressPolicy.isLocal(address));
    } catch (UnknownHostException e) {
      return Optional.empty();
    }
  }

  @Override
  public void close() {
    server.abort();
  }

  /** Refuses this server's own paths but those that are meant for pages. */
  private static final class OwnServiceOnly extends HttpFiltersSourceAdapter {
    /** Host, port and path; Java's URI refuses some of what Chromium sends. */
    private static final Pattern TARGET =
        Pattern.compile("^http://(\\[[^\\]/]+\\]|[^/:?#@]+)(?::(\\d{1,5}))?(/[^?#]*)?(?:[?#].*)?$");

    private final OwnService own;

    OwnServiceOnly(OwnService own) {
      this.own = own;
    }

    @Override
    public HttpFilters filterRequest(HttpRequest original, ChannelHandlerContext context) {
      return new HttpFiltersAdapter(original, context) {
        @Override
        public @Nullable HttpResponse clientToProxyRequest(HttpObject object) {
          return object instanceof HttpRequest request && !mayPass(request) ? refusal() : null;
        }
      };
    }

    private boolean mayPass(HttpRequest request) {
      boolean tunnel = request.method().equals(HttpMethod.CONNECT);
      Matcher target = TARGET.matcher(tunnel ? "http://" + request.uri() : request.uri());
      if (!target.find()) {
        return false;
      }
      int port = target.group(2) == null ? 80 : Integer.parseInt(target.group(2));
      String path = target.group(3) == null ? "/" : target.group(3);
      return !own.is(target.group(1), port) || (!tunnel && own.allows(path));
    }

    private static HttpResponse refusal() {
      DefaultFullHttpResponse response =
          new DefaultFullHttpResponse(HttpVersion.HTTP_1_1, HttpResponseStatus.FORBIDDEN);
      response.headers().set(HttpHeaderNames.CONTENT_LENGTH, 0);
      response.headers().set(HttpHeaderNames.CONNECTION, "close");
      return response;
    }
  }
}
