package org.pagereel.server.platform.network;

import java.net.URI;
import java.net.URISyntaxException;
import java.net.UnknownHostException;
import java.util.Locale;

/**
 * The first answer to a hostile address, whichever face it came through; its page's traffic is
 * judged again by {@link PageProxy}, one request after the other.
 */
public final class PageCheck {
  private final AddressPolicy addresses;
  private final OwnService own;

  public PageCheck(AddressPolicy addresses, OwnService own) {
    this.addresses = addresses;
    this.own = own;
  }

  /**
   * Whether the host is not where a caller may have something sent. One that leads nowhere may be
   * somewhere tomorrow: it is judged again then.
   */
  public boolean refusesHost(String host) {
    return addresses.refuses(host);
  }

  /**
   * Returns if recorded pages may open the address.
   *
   * @param name of the field that has it
   * @throws IllegalArgumentException names the field and what is wrong
   */
  public void require(String name, String address) {
    URI uri;
    try {
      uri = new URI(address.split("[?#]", 2)[0]); // what follows may have what Java takes amiss
    } catch (URISyntaxException e) {
      throw new IllegalArgumentException(name + " is no address: " + e.getReason(), e);
    }
    String scheme = uri.getScheme() == null ? "" : uri.getScheme().toLowerCase(Locale.ROOT);
    if (!scheme.equals("http") && !scheme.equals("https")) {
      throw new IllegalArgumentException(name + " must begin with http:// or https://");
    }
    if (uri.getHost() == null || uri.getRawUserInfo() != null) {
      throw new IllegalArgumentException(name + " must name a host, and no user");
    }
    int port = uri.getPort() < 0 ? (scheme.equals("http") ? 80 : 443) : uri.getPort();
    if (own.is(uri.getHost(), port)) {
      if (!own.allows(uri.getRawPath())) {
        throw new IllegalArgumentException(
            name + " leads to this server; allowed there is /record-page/");
      }
      return;
    }
    if (own.isPublicPage(scheme, uri.getHost(), port, uri.getRawPath())) {
      return; // wherever its name leads: it is answered here
    }
    try {
      addresses.resolve(uri.getHost());
    } catch (UnknownHostException e) {
      throw new IllegalArgumentException(name + ": " + e.getMessage(), e);
    }
  }
}
