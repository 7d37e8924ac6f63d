package org.pagereel.recorder;

/** A page's address as messages and logs may show it: its query may hold a token. */
public final class ShownAddress {
  private ShownAddress() {}

  public static String of(String url) {
    int query = url.indexOf('?');
    return query < 0 ? url : url.substring(0, query) + "?…";
  }
}
