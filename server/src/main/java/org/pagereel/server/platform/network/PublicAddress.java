package org.pagereel.server.platform.network;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.Locale;
import java.util.Optional;

/**
 * The address by which clients reach this server, as {@code publicUrl} of the settings says.
 *
 * @param scheme http or https
 * @param host in lower case; an IPv6 address in brackets
 * @param path in front of all paths of this server; empty, or with a slash at its beginning only
 */
public record PublicAddress(String scheme, String host, int port, String path) {
  /**
   * Reads the setting.
   *
   * @throws IllegalArgumentException says what is allowed
   */
  public static PublicAddress parse(String text) {
    try {
      URI uri = new URI(text);
      String scheme = String.valueOf(uri.getScheme()).toLowerCase(Locale.ROOT);
      boolean tls = scheme.equals("https");
      if ((tls || scheme.equals("http"))
          && uri.getHost() != null
          && uri.getRawUserInfo() == null
          && uri.getRawQuery() == null
          && uri.getRawFragment() == null) {
        int port = uri.getPort() < 0 ? (tls ? 443 : 80) : uri.getPort();
        String path = uri.getRawPath().replaceAll("/+$", "");
        return new PublicAddress(scheme, uri.getHost().toLowerCase(Locale.ROOT), port, path);
      }
    } catch (URISyntaxException e) {
      // said below
    }
    throw new IllegalArgumentException(
        "publicUrl is '" + text + "'; allowed is http(s)://host[:port][/path]");
  }

  /** Whether its traffic is encrypted. */
  public boolean isTls() {
    return scheme.equals("https");
  }

  boolean is(String otherHost, int otherPort) {
    return port == otherPort && host.equals(otherHost.toLowerCase(Locale.ROOT));
  }

  /** The rest of a path behind this server's own prefix; empty for a path of somebody else. */
  Optional<String> within(String whole) {
    return whole.startsWith(path + "/")
        ? Optional.of(whole.substring(path.length()))
        : Optional.empty();
  }
}
