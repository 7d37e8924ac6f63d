package org.pagereel.server.platform.http;

import io.javalin.http.Context;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * How clients reach this server. Where it listens to every address and has no {@code publicUrl}, a
 * client that asks is answered with the name that it asked by, which it has just used.
 */
public final class OwnAddress {
  private static final Pattern HOST =
      Pattern.compile(
          "([A-Za-z0-9_]([A-Za-z0-9_.-]{0,251}[A-Za-z0-9_])?|\\[[0-9A-Fa-f:.]{2,45}])(:\\d{1,5})?");

  /** An address for documentation: nothing is sent there, the system only chooses the way. */
  private static final String ANYWHERE = "192.0.2.1";

  private final @Nullable String fixed;
  private final int port;

  private OwnAddress(@Nullable String fixed, int port) {
    this.fixed = fixed;
    this.port = port;
  }

  /**
   * That of a server.
   *
   * @param publicUrl null when the settings have none
   */
  public static OwnAddress of(@Nullable String publicUrl, InetSocketAddress listen) {
    if (publicUrl != null) {
      return of(publicUrl);
    }
    return listen.getAddress().isAnyLocalAddress()
        ? new OwnAddress(null, listen.getPort())
        : of(address(listen.getHostString(), listen.getPort()));
  }

  /** The same for everybody. */
  public static OwnAddress of(String url) {
    return new OwnAddress(url.replaceAll("/+$", ""), 0);
  }

  /** For somebody who asks: without a slash at the end. */
  String of(Context context) {
    if (fixed != null) {
      return fixed;
    }
    return Optional.ofNullable(context.host())
        .filter(host -> HOST.matcher(host).matches())
        .map(host -> "http://" + host)
        .orElseGet(() -> address(context.req().getLocalAddr(), context.req().getLocalPort()));
  }

  /** For somebody who is told without asking: this machine as others on its network see it. */
  public String unasked() {
    return fixed != null ? fixed : address(onTheNetwork(), port);
  }

  private static String onTheNetwork() {
    try (DatagramSocket socket = new DatagramSocket()) {
      socket.connect(InetAddress.getByName(ANYWHERE), 9);
      InetAddress own = socket.getLocalAddress();
      if (!own.isAnyLocalAddress()) {
        return own.getHostAddress();
      }
    } catch (IOException | UncheckedIOException e) {
      // There is no way out of this machine; then nobody but this machine can be told.
    }
    return "127.0.0.1";
  }

  private static String address(String host, int port) {
    boolean isBare = host.contains(":") && !host.startsWith("[");
    String plain = isBare ? host.split("%", 2)[0] : host; // without the zone, which is ours only
    return "http://" + (isBare ? "[" + plain + "]" : plain) + ":" + port;
  }
}
