package org.pagereel.server.platform.network;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.regex.Pattern;

/** The address of a recording page, with what the page must know behind it. */
public final class PageAddress {
  private static final Pattern ROUTE = Pattern.compile("#!?/");

  private PageAddress() {}

  /**
   * Appends the parameters to the root address, in their order.
   *
   * <p>The page takes what follows the last {@code ?} and, of a repeated name, the first value: so
   * what is there stays first, nothing begins a second query in the same part, and every value is
   * escaped. An address whose route is its fragment ({@code https://host/#/record}) gets them
   * there, where the vendor's plain appending puts them and where such a page's router looks. Any
   * other fragment stays behind them.
   */
  public static String of(String rootUrl, Map<String, String> parameters) {
    int fragment = rootUrl.indexOf('#');
    if (fragment < 0) {
      return appended(rootUrl, parameters);
    }
    String before = rootUrl.substring(0, fragment);
    String route = rootUrl.substring(fragment);
    if (route.contains("?") || (ROUTE.matcher(route).lookingAt() && !before.contains("?"))) {
      return before + appended(route, parameters);
    }
    // The last & keeps the fragment out of the last value.
    return appended(before, parameters) + "&" + route;
  }

  private static String appended(String part, Map<String, String> parameters) {
    StringBuilder address = new StringBuilder(part);
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

  /**
   * The text behind the first {@code ?}: parameters for a page at any other address, for debugging.
   */
  public static String query(String address) {
    int start = address.indexOf('?');
    return start < 0 ? "" : address.substring(start + 1);
  }

  private static String escape(String value) {
    return URLEncoder.encode(value, StandardCharsets.UTF_8).replace("+", "%20");
  }
}
