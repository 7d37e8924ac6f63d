package org.pagereel.server.network;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * This server as recorded pages may see it: its pages, what a page in a class asks of the classroom
 * API, and the demo room if it is open; nothing else. It goes by its own names only: any other name
 * that leads here is hostile.
 */
public final class OwnService {
  private static final Pattern FOR_PAGES =
      Pattern.compile(
          "/record-page/.*|(/[a-z]{2})?/edu/apps/[^/]+/v2/rooms/[^/]+(/sequences|/records/ready)?");

  private static final Pattern DEMO_ROOM = Pattern.compile("/demo-room/[^/]+/(messages|board)");

  private final InetSocketAddress listen;
  private final boolean demoRoom;
  private final Set<String> names;

  /**
   * Makes it.
   *
   * @param demoRoom pages may hold a class in the demo room
   */
  public OwnService(InetSocketAddress listen, boolean demoRoom) {
    this.listen = listen;
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

  /** Whether host and port are this server, by one of its own names. */
  public boolean is(String host, int port) {
    String name = host.toLowerCase(Locale.ROOT);
    return port == listen.getPort() && (names.contains(name) || names.contains("listen:" + name));
  }

  /** Whether a page may ask for this path. */
  public boolean allows(String path) {
    String plain = path.split("[?#]", 2)[0];
    boolean meant =
        FOR_PAGES.matcher(plain).matches() || (demoRoom && DEMO_ROOM.matcher(plain).matches());
    return meant && !plain.contains("..") && !plain.contains("%");
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

  /** Where the server itself is found from this machine. */
  InetSocketAddress address() {
    return listen.getAddress().isAnyLocalAddress()
        ? new InetSocketAddress(InetAddress.getLoopbackAddress(), listen.getPort())
        : listen;
  }
}
