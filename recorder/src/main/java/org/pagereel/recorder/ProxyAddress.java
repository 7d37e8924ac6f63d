package org.pagereel.recorder;

import java.net.InetSocketAddress;

/** The address of the proxy through which pages and files come. */
public final class ProxyAddress {
  private ProxyAddress() {}

  /** Reads {@code host:port}. */
  public static InetSocketAddress parse(String text) {
    int colon = text.lastIndexOf(':');
    return new InetSocketAddress(
        text.substring(0, colon), Integer.parseInt(text.substring(colon + 1)));
  }
}
