package org.pagereel.recorder;

import java.net.InetSocketAddress;

/** Where the proxy is that pages and files come through. */
public final class ProxyAddress {
  private ProxyAddress() {}

  /** Reads {@code host:port}. */
  public static InetSocketAddress parse(String text) {
    int colon = text.lastIndexOf(':');
    return new InetSocketAddress(
        text.substring(0, colon), Integer.parseInt(text.substring(colon + 1)));
  }
}
