package org.pagereel.server.agora;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.net.spi.InetAddressResolver;
import java.net.spi.InetAddressResolverProvider;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;

/**
 * A name server of the test's own: {@code flip.test} is 127.0.0.2 and 127.0.0.1 in turn, as a
 * hostile one would have it; all other names are looked up as usual.
 */
public final class FlippingNames extends InetAddressResolverProvider {
  private static final AtomicInteger LOOKUPS = new AtomicInteger();

  @Override
  public InetAddressResolver get(Configuration configuration) {
    InetAddressResolver usual = configuration.builtinResolver();
    return new InetAddressResolver() {
      @Override
      public Stream<InetAddress> lookupByName(String host, LookupPolicy policy)
          throws UnknownHostException {
        if (!host.equals("flip.test")) {
          return usual.lookupByName(host, policy);
        }
        byte last = (byte) (LOOKUPS.getAndIncrement() % 2 == 0 ? 2 : 1);
        return Stream.of(InetAddress.getByAddress(host, new byte[] {127, 0, 0, last}));
      }

      @Override
      public String lookupByAddress(byte[] address) throws UnknownHostException {
        return usual.lookupByAddress(address);
      }
    };
  }

  @Override
  public String name() {
    return "flipping names";
  }
}
