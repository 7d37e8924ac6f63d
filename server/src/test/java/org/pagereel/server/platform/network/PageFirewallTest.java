package org.pagereel.server.platform.network;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.pagereel.recorder.process.Account;
import org.pagereel.recorder.process.Await;

/** What browsers of this server may send past the proxy: by a program in their group. */
class PageFirewallTest {
  private static final String NODE = "firewalltest";
  private PageFirewall firewall;

  @BeforeEach
  void open() {
    firewall = PageFirewall.open(new AddressPolicy(List.of("127.0.0.2")), NODE);
    assumeTrue(
        firewall.group() != null,
        "only root may set rules, by nft (Debian: apt-get install nftables)");
  }

  @AfterEach
  void nothingIsLeft() throws Exception {
    firewall.close();
    assertThat(Await.until(Duration.ofSeconds(5), () -> !ruleset().contains(NODE))).isTrue();
  }

  @Test
  void nothingGoesWhereItMustNot() throws Exception {
    List<String> hostile =
        new ArrayList<>(
            List.of(
                "127.0.0.1",
                "127.0.0.3",
                "127.1.1.1",
                "10.0.0.1",
                "10.255.255.254",
                "100.64.0.1",
                "100.100.100.200",
                "169.254.169.254",
                "172.16.0.1",
                "172.31.0.1",
                "192.168.0.1",
                "192.0.0.192",
                "192.0.2.1",
                "198.18.0.1",
                "203.0.113.1",
                "224.0.0.251",
                "239.255.255.250",
                "168.63.129.16",
                "::1",
                "fd00:ec2::254",
                "fe80::1%lo",
                "fec0::1",
                "64:ff9b::7f00:1",
                "2002:7f00:1::",
                "ff02::fb%lo"));
    for (String address : hostile) {
      // Where there is no such network, the packet goes nowhere anyhow.
      assertThat(sent(address))
          .as(address)
          .containsPattern("not permitted|nreachable|Cannot assign");
    }
    for (String address : List.of("127.0.0.1", "127.1.1.1", "::1")) {
      assertThat(sent(address)).as(address).contains("not permitted");
    }
    assertThat(sent("127.0.0.2")).as("what the settings allow").isEmpty();
  }

  /** A group that is nobody's business, so that it is these rules that refuse. */
  @Test
  void othersMaySend() throws Exception {
    assertThat(send(null, "127.0.0.1")).isEmpty();
  }

  @Test
  void rulesComeBackWhenTheirProcessIsKilled() throws Exception {
    ProcessHandle nft =
        ProcessHandle.current()
            .children()
            .filter(child -> child.info().command().orElse("").endsWith("/nft"))
            .findFirst()
            .orElseThrow();
    nft.destroyForcibly();
    nft.onExit().get();
    assertThat(
            Await.until(
                Duration.ofSeconds(20),
                () -> {
                  try {
                    return ruleset().contains(NODE) && sent("127.0.0.1").contains("not permitted");
                  } catch (Exception e) {
                    throw new AssertionError(e);
                  }
                }))
        .isTrue();
  }

  private String sent(String address) throws Exception {
    return send(Objects.requireNonNull(firewall.group()), address);
  }

  /** What a program says that sends one packet; nothing if it went. */
  private static String send(@Nullable String group, String address) throws Exception {
    List<String> words = new ArrayList<>(Account.ofThisProcess().prefix("KILL", group));
    words.addAll(List.of("bash", "-c", "echo x > /dev/udp/" + address + "/9"));
    Process bash = new ProcessBuilder(words).redirectErrorStream(true).start();
    return new String(bash.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
  }

  private static String ruleset() {
    try {
      Process nft = new ProcessBuilder("nft", "list", "tables").start();
      return new String(nft.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }
}
