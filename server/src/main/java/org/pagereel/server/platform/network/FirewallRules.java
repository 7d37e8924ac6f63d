package org.pagereel.server.platform.network;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The rules of {@link PageFirewall} in the words of nft. They hold for everything but TCP, which
 * has no way but the proxy, and let names be looked up where this machine looks them up.
 */
final class FirewallRules {
  private static final Path RESOLVERS = Path.of("/etc/resolv.conf");
  private static final Pattern RESOLVER = Pattern.compile("nameserver\\s+([0-9a-fA-F:.]+)\\s*");

  private FirewallRules() {}

  /**
   * One command, so that all of it holds or nothing.
   *
   * @param table its name; it goes with the process that makes it
   * @param group the group whose packets are filtered
   */
  static String of(String table, String group, AddressPolicy policy) {
    StringBuilder rules = new StringBuilder();
    for (boolean ipv6 : new boolean[] {false, true}) {
      add(rules, ipv6, resolvers(ipv6), "udp dport 53 accept");
      add(rules, ipv6, policy.allowed(ipv6), "accept");
    }
    if (policy.allowsLoopback()) {
      // Members of a class on this machine meet at its other addresses.
      rules.append("fib daddr type local accept; ");
    }
    rules.append("fib daddr type { local, broadcast, anycast, multicast } drop; ");
    for (boolean ipv6 : new boolean[] {false, true}) {
      add(rules, ipv6, policy.notPublic(ipv6), "drop");
    }
    return """
    table inet %s { flags owner; \
    chain pages { %s}; \
    chain out { type filter hook output priority 0; policy accept; \
    meta skgid %s meta l4proto != tcp jump pages; }; }
    """
        .formatted(table, rules, group);
  }

  private static void add(StringBuilder rules, boolean ipv6, List<String> networks, String then) {
    for (String network : networks) {
      rules.append(ipv6 ? "ip6" : "ip").append(" daddr ").append(network).append(' ').append(then);
      rules.append("; ");
    }
  }

  private static List<String> resolvers(boolean ipv6) {
    try {
      return Files.readAllLines(RESOLVERS).stream()
          .map(RESOLVER::matcher)
          .filter(Matcher::matches)
          .map(matcher -> matcher.group(1))
          .filter(address -> address.contains(":") == ipv6)
          .toList();
    } catch (IOException e) {
      return List.of(); // then no names are looked up
    }
  }
}
