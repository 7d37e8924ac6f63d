package org.pagereel.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * Another machine, as far as the network is concerned: a namespace that only a wire connects with
 * this one. The wire can be cut.
 */
public final class Host implements AutoCloseable {
  private static final String RULES = "cut";

  private final String name;
  private final String wire;
  private final int number;

  private Host(int number) {
    this.number = number;
    this.name = "pagereel-test-" + ProcessHandle.current().pid() + "-" + number;
    this.wire = "pgr" + ProcessHandle.current().pid() % 100_000 + "n" + number;
  }

  /**
   * Makes one; skips the test where that is not possible.
   *
   * @param number from 1 to 60
   */
  public static Host add(int number) throws IOException, InterruptedException {
    Host host = new Host(number);
    assumeTrue(
        System.getProperty("user.name").equals("root") && Files.exists(Path.of("/usr/sbin/ip")),
        "only root makes namespaces");
    assumeTrue(run(List.of("ip", "netns", "add", host.name)) == 0, "no namespaces here");
    try {
      host.ip("link", "add", host.wire, "type", "veth", "peer", "name", "eth0", "netns", host.name);
      host.ip("addr", "add", host.gateway() + "/30", "dev", host.wire);
      host.ip("link", "set", host.wire, "up");
      host.ip("-n", host.name, "addr", "add", host.address() + "/30", "dev", "eth0");
      host.ip("-n", host.name, "link", "set", "eth0", "up");
      host.ip("-n", host.name, "link", "set", "lo", "up");
      return host;
    } catch (IOException | InterruptedException | RuntimeException | Error e) {
      host.close();
      throw e;
    }
  }

  /** This machine's address, as that one sees it. */
  public String gateway() {
    return "10.77." + number + ".1";
  }

  public String address() {
    return "10.77." + number + ".2";
  }

  /** What runs a program there. */
  public List<String> prefix() {
    return List.of("ip", "netns", "exec", name);
  }

  /** Nothing comes or goes any more, and nobody is told. */
  public void cut() throws IOException, InterruptedException {
    ip("link", "set", wire, "down");
  }

  public void mend() throws IOException, InterruptedException {
    ip("link", "set", wire, "up");
  }

  /** The same for what goes to this port, and comes from there. */
  public void cut(int port) throws IOException, InterruptedException {
    nft("add", "table", "inet", RULES);
    nft("add", "chain", "inet", RULES, "out", "{ type filter hook output priority 0; }");
    nft("add", "chain", "inet", RULES, "in", "{ type filter hook input priority 0; }");
    nft("add", "rule", "inet", RULES, "out", "tcp", "dport", String.valueOf(port), "drop");
    nft("add", "rule", "inet", RULES, "in", "tcp", "sport", String.valueOf(port), "drop");
  }

  public void mendPort() throws IOException, InterruptedException {
    nft("delete", "table", "inet", RULES);
  }

  private void ip(String... words) throws IOException, InterruptedException {
    List<String> command = new ArrayList<>(List.of("ip"));
    command.addAll(List.of(words));
    assertThat(run(command)).as("%s", command).isZero();
  }

  private void nft(String... words) throws IOException, InterruptedException {
    List<String> command = new ArrayList<>(prefix());
    command.add("nft");
    command.addAll(List.of(words));
    assertThat(run(command)).as("%s", command).isZero();
  }

  private static int run(List<String> command) throws IOException, InterruptedException {
    return new ProcessBuilder(command).inheritIO().start().waitFor();
  }

  @Override
  public void close() {
    try {
      run(List.of("ip", "netns", "del", name)); // and the wire with it
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
