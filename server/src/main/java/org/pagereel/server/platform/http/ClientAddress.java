package org.pagereel.server.platform.http;

import io.javalin.http.Context;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * From where a request comes: the connection's address, or behind a proxy of the settings the
 * address that it wrote last into {@code X-Forwarded-For}. What stands before that anybody may have
 * written.
 */
public final class ClientAddress {
  /** Only what needs no name to be looked up. */
  private static final Pattern LITERAL = Pattern.compile("[0-9.]{7,15}|[0-9a-fA-F:.]{2,45}");

  /** A customer of a provider has a whole network of version 6, to this length at least. */
  private static final int NETWORK_BYTES = 8;

  private final List<String> proxies;

  public ClientAddress(List<String> proxies) {
    this.proxies = List.copyOf(proxies);
  }

  /**
   * A client, as far as it can be told from others.
   *
   * @param key the same for all requests of the client
   * @param everybody it may be anybody: this machine, on which there may be a proxy
   */
  public record Client(String key, boolean everybody) {}

  /** The client that a request is of. */
  public Client of(Context context) {
    String remote = context.ip();
    String forwarded = proxies.contains(remote) ? last(context.header("X-Forwarded-For")) : "";
    String address = forwarded.isEmpty() ? remote : forwarded;
    try {
      InetAddress parsed = InetAddress.getByName(address);
      byte[] bytes = parsed.getAddress();
      String key =
          HexFormat.of().formatHex(Arrays.copyOf(bytes, Math.min(bytes.length, NETWORK_BYTES)));
      return new Client(key, parsed.isLoopbackAddress());
    } catch (UnknownHostException e) {
      return new Client(address, true);
    }
  }

  private static String last(@Nullable String header) {
    if (header == null) {
      return "";
    }
    String last = header.substring(header.lastIndexOf(',') + 1).strip();
    return LITERAL.matcher(last).matches() ? last : "";
  }
}
