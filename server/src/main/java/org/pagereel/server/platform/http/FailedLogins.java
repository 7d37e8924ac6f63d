package org.pagereel.server.platform.http;

import io.javalin.http.Context;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.LongSupplier;

/**
 * Limits failed logins, address by address: after so many in a minute the address's requests are
 * refused for a minute, before anything of them is checked. Two are never refused: a credential
 * that was good a while ago, because behind one address there may be many people, and this machine
 * itself, because behind that there may be everybody (a proxy).
 */
public final class FailedLogins {
  static final int MAX_IN_A_MINUTE = 120;
  static final int MAX_ADDRESSES = 10_000;

  /** So many of an address are counted here before the other nodes hear of them. */
  static final int TOGETHER = 10;

  private static final int MAX_CREDENTIALS = 10_000;
  private static final Duration MINUTE = Duration.ofMinutes(1);

  private final ClientAddress addresses;
  private final Everywhere everywhere;
  private final LongSupplier nanos;
  private final Map<String, Failures> failures = new Youngest<>(MAX_ADDRESSES);

  /** Hashes of credentials that were good. */
  private final Map<String, Boolean> good = new Youngest<>(MAX_CREDENTIALS);

  /** Of one address, since a time in nanoseconds; or too many, and refused since then. */
  private record Failures(long since, int count) {
    boolean tooMany() {
      return count > MAX_IN_A_MINUTE;
    }
  }

  /** Counts what all nodes have seen. */
  public interface Everywhere {
    /**
     * Adds some failures of an address.
     *
     * @return how many there are in this minute; 0 if nobody can say now
     */
    int add(String address, int failures);
  }

  /** Those of a server that is alone. */
  public FailedLogins(ClientAddress addresses) {
    this(addresses, (address, failures) -> failures);
  }

  /** Those of a server among others. */
  public FailedLogins(ClientAddress addresses, Everywhere everywhere) {
    this(addresses, everywhere, System::nanoTime);
  }

  FailedLogins(ClientAddress addresses, Everywhere everywhere, LongSupplier nanos) {
    this.addresses = addresses;
    this.everywhere = everywhere;
    this.nanos = nanos;
  }

  /**
   * Whether to refuse a request unseen; then its answer says when to come back.
   *
   * @param credential as it came; empty for none, and for one that is made anew for each request
   */
  public boolean refuses(Context context, String credential) {
    ClientAddress.Client client = addresses.of(context);
    return !client.everybody() && !wasGood(credential) && tooMany(context, client);
  }

  /** Notes a failure; true when there have been too many. */
  public boolean failed(Context context) {
    ClientAddress.Client client = addresses.of(context);
    note(client.key());
    return tooMany(context, client);
  }

  /** Notes that a credential was good. */
  public synchronized void succeeded(String credential) {
    good.put(hash(credential), true);
  }

  void note(String address) {
    int count = noteHere(address);
    boolean isWorthTelling = count > 0 && count <= MAX_IN_A_MINUTE && count % TOGETHER == 0;
    if (isWorthTelling && everywhere.add(address, TOGETHER) > MAX_IN_A_MINUTE) {
      refuse(address);
    }
  }

  private synchronized void refuse(String address) {
    failures.put(address, new Failures(nanos.getAsLong(), MAX_IN_A_MINUTE + 1));
  }

  /** How many there are of the address now. */
  private synchronized int noteHere(String address) {
    long now = nanos.getAsLong();
    Failures before = failures.get(address);
    if (before == null || left(before, now).isNegative()) {
      failures.put(address, new Failures(now, 1));
    } else if (before.count() == MAX_IN_A_MINUTE) {
      failures.put(address, new Failures(now, before.count() + 1));
    } else if (!before.tooMany()) {
      failures.put(address, new Failures(before.since(), before.count() + 1));
    }
    Failures counted = failures.get(address);
    return counted == null ? 0 : counted.count();
  }

  /** For how long the address is refused; zero if it is not. */
  synchronized Duration refused(String address) {
    Failures of = failures.get(address);
    if (of == null || !of.tooMany()) {
      return Duration.ZERO;
    }
    Duration left = left(of, nanos.getAsLong());
    return left.isNegative() ? Duration.ZERO : left;
  }

  synchronized int size() {
    return failures.size();
  }

  private boolean tooMany(Context context, ClientAddress.Client client) {
    Duration wait = refused(client.key());
    if (wait.isZero()) {
      return false;
    }
    context.header("Retry-After", String.valueOf(wait.toSeconds() + 1));
    return true;
  }

  private synchronized boolean wasGood(String credential) {
    return !credential.isEmpty() && good.containsKey(hash(credential));
  }

  private static Duration left(Failures failures, long now) {
    return MINUTE.minusNanos(now - failures.since());
  }

  private static String hash(String credential) {
    return Digest.hex("SHA-256", credential);
  }

  /** Forgets what was not asked for longest. */
  private static final class Youngest<V> extends LinkedHashMap<String, V> {
    private static final long serialVersionUID = 1;

    private final int most;

    Youngest(int most) {
      super(16, 0.75f, true);
      this.most = most;
    }

    @Override
    protected boolean removeEldestEntry(Map.Entry<String, V> eldest) {
      return size() > most;
    }
  }
}
