package org.pagereel.server.platform.network;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * This server as recorded pages may see it: its pages, what a page in a class asks of the classroom
 * API, and the demo room if it is open; nothing else. It goes by its own names and by the address
 * that clients use: any other name that leads here is hostile.
 */
public final class OwnService {
  private static final Pattern FOR_PAGES =
      Pattern.compile(
          "/record-page/.*|(/[a-z]{2})?/edu/apps/[^/]+/v2/rooms/[^/]+(/sequences|/records/ready)?");

  private static final Pattern DEMO_ROOM = Pattern.compile("/demo-room/[^/]+/(messages|board)");

  private final InetSocketAddress listen;
  private final @Nullable PublicAddress publicly;
  private final boolean demoRoom;
  private final boolean closed;
  private final Set<String> names;

  /**
   * A server that listens to an address.
   *
   * @param publicly its address for clients, through a proxy in front of it; null: as it listens
   * @param demoRoom pages may hold a class in the demo room
   */
  public OwnService(InetSocketAddress listen, @Nullable PublicAddress publicly, boolean demoRoom) {
    this(listen, publicly, demoRoom, false);
  }

  private OwnService(
      InetSocketAddress listen,
      @Nullable PublicAddress publicly,
      boolean demoRoom,
      boolean closed) {
    this.listen = listen;
    this.publicly = publicly;
    this.closed = closed;
    this.demoRoom = demoRoom;
    names =
        Set.of(
            "127.0.0.1",
            "localhost",
            "[::1]",
            "::1",
            // Twice the same where it listens to one of these.
            "listen:" + listen.getHostString(),
            "listen:[" + listen.getHostString() + "]");
  }

  /** One that shows nothing: for what is sent and not for pages. */
  public static OwnService closed(InetSocketAddress listen) {
    return new OwnService(listen, null, false, true);
  }

  /** One that clients reach as it listens. */
  public OwnService(InetSocketAddress listen, boolean demoRoom) {
    this(listen, null, demoRoom);
  }

  /** Whether host and port are this server, by one of its own names. */
  public boolean is(String host, int port) {
    String name = host.toLowerCase(Locale.ROOT);
    return port == listen.getPort() && (names.contains(name) || names.contains("listen:" + name));
  }

  /** Whether host and port are those that clients use. */
  boolean isPublicly(String host, int port) {
    return publicly != null && publicly.is(host, port);
  }

  /** Whether it is the address that clients use, with a path that a page may ask for. */
  boolean isPublicPage(String scheme, String host, int port, String path) {
    return publicly != null
        && publicly.scheme().equals(scheme)
        && publicly.is(host, port)
        && forPages(path).isPresent();
  }

  /**
   * Translates a path of the public address into this server's own.
   *
   * @return empty where a page may not ask for it
   */
  public Optional<String> forPages(String publicPath) {
    return publicly == null ? Optional.empty() : publicly.within(publicPath).filter(this::allows);
  }

  /** Whether a page may ask for this path. */
  public boolean allows(String path) {
    String plain = path.split("[?#]", 2)[0];
    boolean meant =
        FOR_PAGES.matcher(plain).matches() || (demoRoom && DEMO_ROOM.matcher(plain).matches());
    return meant && !closed && !plain.contains("..") && !plain.contains("%");
  }

  /** Whether this address and port lead to this server. */
  boolean leadsHere(InetAddress address, int port) {
    return port == listen.getPort() && AddressPolicy.isLocal(address);
  }

  /**
   * The address of a built-in page as recorders on this machine open it, whatever clients call it.
   */
  public String page(String path) {
    return "http://127.0.0.1:" + listen.getPort() + "/record-page/" + path;
  }

  /** The server's address on this machine. */
  InetSocketAddress address() {
    return listen.getAddress().isAnyLocalAddress()
        ? new InetSocketAddress(InetAddress.getLoopbackAddress(), listen.getPort())
        : listen;
  }
}
