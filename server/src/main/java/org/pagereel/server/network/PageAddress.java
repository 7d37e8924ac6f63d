package org.pagereel.server.network;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Map;

/** The address of a recording page, with what the page must know behind it. */
public final class PageAddress {
  private PageAddress() {}

  /**
   * Appends the parameters to the root address, in their order.
   *
   * <p>The page takes what follows the last {@code ?} and, of a repeated name, the first value: so
   * what is there stays first, nothing begins a second query, and every value is escaped. A
   * fragment would leak into the last value and goes.
   */
  public static String of(String rootUrl, Map<String, String> parameters) {
    int fragment = rootUrl.indexOf('#');
    StringBuilder address =
        new StringBuilder(fragment < 0 ? rootUrl : rootUrl.substring(0, fragment));
    for (Map.Entry<String, String> parameter : parameters.entrySet()) {
      if (address.indexOf("?") < 0) {
        address.append('?');
      } else if (!address.toString().endsWith("?") && !address.toString().endsWith("&")) {
        address.append('&');
      }
      address.append(parameter.getKey()).append('=').append(escape(parameter.getValue()));
    }
    return address.toString();
  }

  /** What follows the first {@code ?}: a page's address anywhere else, for debugging. */
  public static String query(String address) {
    int start = address.indexOf('?');
    return start < 0 ? "" : address.substring(start + 1);
  }

  private static String escape(String value) {
    return URLEncoder.encode(value, StandardCharsets.UTF_8).replace("+", "%20");
  }
}
