package org.pagereel.server.platform.network;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What is public, and what only looks so. */
class AddressPolicyTest {
  private final AddressPolicy policy = new AddressPolicy(List.of("10.1.0.0/16", "fd12::/32"));

  @ParameterizedTest
  @ValueSource(
      strings = {
        "0.0.0.0",
        "0.1.2.3",
        "10.0.0.1",
        "100.64.0.1",
        "100.100.100.200",
        "127.0.0.1",
        "127.255.255.255",
        "168.63.129.16",
        "169.254.169.254",
        "172.16.0.1",
        "172.31.255.255",
        "192.0.0.192",
        "192.0.2.1",
        "192.88.99.1",
        "192.168.1.1",
        "198.18.0.1",
        "198.19.255.255",
        "198.51.100.1",
        "203.0.113.1",
        "224.0.0.251",
        "239.255.255.250",
        "240.0.0.1",
        "255.255.255.255",
        "::",
        "::1",
        "::7f00:1",
        "::a00:1",
        "::ffff:7f00:1",
        "::ffff:0:7f00:1",
        "64:ff9b::7f00:1",
        "64:ff9b::a9fe:a9fe",
        "64:ff9b:1::a00:1",
        "100::1",
        "100:0:0:1::1",
        "2001::1",
        "2001:2::1",
        "2001:10::1",
        "2001:20::1",
        "2001:0:7f00:1::",
        "2001:db8::1",
        "2002:7f00:1::",
        "2002:a00:1::",
        "3fff::1",
        "4000::1",
        "5f00::1",
        "fc00::1",
        "fd00:ec2::254",
        "fe80::1",
        "fec0::1",
        "ff02::1",
        "ff02::fb"
      })
  void isNotPublic(String address) {
    assertThat(policy.allows(InetAddress.ofLiteral(address))).isFalse();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "1.1.1.1",
        "9.255.255.255",
        "100.63.255.255",
        "100.128.0.1",
        "172.32.0.1",
        "223.255.255.1",
        "2400:cb00::1",
        "2606:4700:4700::1111",
        "2a00:1450::1",
        "10.1.2.3",
        "::ffff:10.1.2.3",
        "fd12::1" // by the settings
      })
  void isAllowed(String address) {
    assertThat(policy.allows(InetAddress.ofLiteral(address))).isTrue();
  }

  @Test
  void whatLeadsNowhereIsNotRefusedForGood() {
    assertThat(policy.refuses("nowhere.invalid")).isFalse();
    assertThat(policy.refuses("flip.test")).isTrue();
    assertThat(policy.refuses("127.1")).isTrue();
    assertThat(policy.refuses("10.1.2.3")).isFalse();
  }
}
