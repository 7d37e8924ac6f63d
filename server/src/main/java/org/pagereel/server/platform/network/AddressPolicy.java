package org.pagereel.server.platform.network;

import inet.ipaddr.AddressStringException;
import inet.ipaddr.IPAddress;
import inet.ipaddr.IPAddressString;
import java.net.InetAddress;
import java.net.NetworkInterface;
import java.net.SocketException;
import java.net.UnknownHostException;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Which addresses recorded pages may reach: the public network, and what the settings allow. Not
 * this machine, its neighbours or its cloud's metadata service.
 */
public final class AddressPolicy {
  private static final List<IPAddress> NOT_PUBLIC =
      Stream.of(
              "0.0.0.0/8",
              "10.0.0.0/8",
              "100.64.0.0/10",
              "127.0.0.0/8",
              "168.63.129.16/32", // Azure's own service for its machines
              "169.254.0.0/16",
              "172.16.0.0/12",
              "192.0.0.0/24",
              "192.0.2.0/24",
              "192.88.99.0/24",
              "192.168.0.0/16",
              "198.18.0.0/15",
              "198.51.100.0/24",
              "203.0.113.0/24",
              "224.0.0.0/4",
              "240.0.0.0/4",
              // Of IPv6 2000::/3 alone is public. Beside it lie loopback, what carries an IPv4
              // address (::/96, ::ffff:0:0/96, 64:ff9b::/96), and private and site-local networks.
              "::/3",
              "4000::/2",
              "8000::/1",
              "2001::/23", // protocols, Teredo among them
              "2001:db8::/32",
              "2002::/16",
              "3fff::/20")
          .map(AddressPolicy::network)
          .toList();

  private static final IPAddress LOOPBACK = network("127.0.0.0/8");

  /** Browsers read 0177.0.0.1, 0x7f.1 and 127.1 as addresses, each library in a way of its own. */
  private static final Pattern LOOKS_NUMERIC =
      Pattern.compile("(^|\\.)(\\d+|0[xX][0-9a-fA-F]*)\\.?$");

  private static final Pattern DOTTED_QUAD =
      Pattern.compile("(0|[1-9]\\d{0,2})(\\.(0|[1-9]\\d{0,2})){3}");

  private final List<IPAddress> allowed;

  /**
   * Makes the policy.
   *
   * @param allowed networks such as 10.1.0.0/16, or addresses, that are allowed beside the public
   */
  public AddressPolicy(List<String> allowed) {
    this.allowed = allowed.stream().map(AddressPolicy::network).toList();
  }

  public boolean allows(InetAddress address) {
    IPAddress found = plain(new IPAddressString(address.getHostAddress()).getAddress());
    if (found == null) {
      return false;
    }
    return allowed.stream().anyMatch(network -> network.contains(found))
        || (NOT_PUBLIC.stream().noneMatch(network -> network.contains(found)) && !isLocal(address));
  }

  /** Whether the name leads to addresses of which none is allowed; not if it leads nowhere. */
  public boolean refuses(String host) {
    try {
      resolve(host);
      return false;
    } catch (UnknownHostException e) {
      return e instanceof NotAllowed;
    }
  }

  /** Whether the settings allow all of loopback. */
  boolean allowsLoopback() {
    return allowed.stream().anyMatch(network -> network.contains(LOOPBACK));
  }

  /** Networks of this version that are not public. */
  List<String> notPublic(boolean ipv6) {
    return texts(NOT_PUBLIC, ipv6);
  }

  /** Networks of this version that the settings allow. */
  List<String> allowed(boolean ipv6) {
    return texts(allowed, ipv6);
  }

  private static List<String> texts(List<IPAddress> networks, boolean ipv6) {
    return networks.stream()
        .filter(network -> network.isIPv6() == ipv6)
        .map(IPAddress::toCanonicalString)
        .toList();
  }

  /** Whether it is an address of this very machine, be it a public one. */
  static boolean isLocal(InetAddress address) {
    try {
      return address.isLoopbackAddress()
          || address.isAnyLocalAddress()
          || NetworkInterface.getByInetAddress(address) != null;
    } catch (SocketException e) {
      return true; // not known, so not trusted
    }
  }

  /** The name's first address that is allowed; the connection must go to exactly this one. */
  public InetAddress resolve(String host) throws UnknownHostException {
    if (LOOKS_NUMERIC.matcher(host).find() && !DOTTED_QUAD.matcher(host).matches()) {
      throw new NotAllowed(host + " is no name; write an address as 203.0.113.7");
    }
    for (InetAddress address : InetAddress.getAllByName(withoutBrackets(host))) {
      if (allows(address)) {
        return address;
      }
    }
    throw new NotAllowed(
        host + " is not on the public network; network.allow in the settings allows others");
  }

  private static final class NotAllowed extends UnknownHostException {
    NotAllowed(String message) {
      super(message);
    }
  }

  static String withoutBrackets(String host) {
    return host.startsWith("[") && host.endsWith("]") ? host.substring(1, host.length() - 1) : host;
  }

  private static IPAddress network(String text) {
    try {
      return new IPAddressString(text).toAddress().toPrefixBlock();
    } catch (AddressStringException e) {
      throw new IllegalArgumentException(
          "network.allow has '" + text + "'; allowed are networks such as 10.1.0.0/16", e);
    }
  }

  /** An IPv4 address in IPv6's clothes is judged as what it is. */
  private static @Nullable IPAddress plain(@Nullable IPAddress address) {
    if (address != null && address.isIPv6() && address.toIPv6().isIPv4Mapped()) {
      return address.toIPv6().getEmbeddedIPv4Address();
    }
    return address == null ? null : address.withoutPrefixLength();
  }
}
