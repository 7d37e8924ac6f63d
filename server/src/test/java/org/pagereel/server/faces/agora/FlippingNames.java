package org.pagereel.server.faces.agora;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.net.spi.InetAddressResolver;
import java.net.spi.InetAddressResolverProvider;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;

/**
 * A name server of the test's own: {@code flip.test} is 127.0.0.2 and 127.0.0.1 in turn, as a
 * hostile one would have it, {@code record.test} is 127.0.0.1, and some others hide addresses that
 * are not public; all other names are looked up as usual.
 */
public final class FlippingNames extends InetAddressResolverProvider {
  private static final AtomicInteger LOOKUPS = new AtomicInteger();

  /** The next time that it is looked up, {@code flip.test} is 127.0.0.2. */
  public static void beginAnew() {
    LOOKUPS.set(0);
  }

  @Override
  public InetAddressResolver get(Configuration configuration) {
    InetAddressResolver usual = configuration.builtinResolver();
    return new InetAddressResolver() {
      @Override
      public Stream<InetAddress> lookupByName(String host, LookupPolicy policy)
          throws UnknownHostException {
        return switch (host) {
          case "flip.test" -> loopback(host, LOOKUPS.getAndIncrement() % 2 == 0 ? 2 : 1);
          case "record.test", "localhost.test" -> loopback(host, 1);
          case "inside.test" -> Stream.of(InetAddress.ofLiteral("10.0.0.1"));
          case "metadata.test" -> Stream.of(InetAddress.ofLiteral("169.254.169.254"));
          case "six.test" -> Stream.of(InetAddress.ofLiteral("::1"));
          case "compatible.test" -> Stream.of(InetAddress.ofLiteral("::7f00:1"));
          case "site.test" -> Stream.of(InetAddress.ofLiteral("fec0::1"));
          case "nat64.test" -> Stream.of(InetAddress.ofLiteral("64:ff9b::7f00:1"));
          case "both.test" ->
              Stream.concat(Stream.of(InetAddress.ofLiteral("10.0.0.1")), loopback(host, 1));
          default -> usual.lookupByName(host, policy);
        };
      }

      @Override
      public String lookupByAddress(byte[] address) throws UnknownHostException {
        return usual.lookupByAddress(address);
      }
    };
  }

  private static Stream<InetAddress> loopback(String host, int last) throws UnknownHostException {
    return Stream.of(InetAddress.getByAddress(host, new byte[] {127, 0, 0, (byte) last}));
  }

  @Override
  public String name() {
    return "flipping names";
  }
}
