package org.pagereel.server.network;

import java.net.InetAddress;
import java.net.NetworkInterface;
import java.net.SocketException;
import java.net.UnknownHostException;
import java.util.regex.Pattern;

/**
 * This server as recorded pages may see it: its pages and its classroom API, nothing else.
 *
 * @param port the one it listens on
 */
public record OwnService(int port) {
  private static final Pattern FOR_PAGES =
      Pattern.compile("/record-page/.*|(/[a-z]{2})?/edu/apps/[^/]+/v2/rooms/.*");

  /** Whether host and port are this server, by whatever name. */
  public boolean is(String host, int portAsked) {
    if (portAsked != port) {
      return false;
    }
    try {
      for (InetAddress address : InetAddress.getAllByName(AddressPolicy.withoutBrackets(host))) {
        if (address.isLoopbackAddress()
            || address.isAnyLocalAddress()
            || NetworkInterface.getByInetAddress(address) != null) {
          return true;
        }
      }
      return false;
    } catch (UnknownHostException | SocketException e) {
      return false;
    }
  }

  /** Whether a page may ask for this path. */
  public boolean allows(String path) {
    String plain = path.split("[?#]", 2)[0];
    return FOR_PAGES.matcher(plain).matches() && !plain.contains("..") && !plain.contains("%");
  }
}
