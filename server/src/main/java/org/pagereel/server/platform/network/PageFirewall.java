package org.pagereel.server.platform.network;

import java.io.IOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.pagereel.recorder.process.Await;
import org.pagereel.recorder.process.Program;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps what recorded pages send by WebRTC, which passes no proxy, from the addresses that {@link
 * AddressPolicy} refuses. Browsers of this server run in a group of their own, and the kernel drops
 * what that group sends there.
 *
 * <p>The rules belong to a process (nft's {@code flags owner}): they go when it goes, and it goes
 * when its input ends. So nothing is left, whoever dies. Where the server may not set this up, it
 * says so and works without.
 */
public final class PageFirewall implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(PageFirewall.class);
  private static final Duration PATIENCE = Duration.ofSeconds(10);
  private static final Duration BEFORE_REPAIR = Duration.ofMillis(200);

  /** For services that have no account in the lists: systemd takes its numbers from there, too. */
  private static final int FIRST_GROUP = 61_184;

  private static final int LAST_GROUP = 65_519;

  private final String table;
  private final String rules;
  private final @Nullable String group;
  private @Nullable Process nft;
  private boolean closed;

  private PageFirewall(String table, @Nullable String group, String rules) {
    this.table = table;
    this.group = group;
    this.rules = rules;
  }

  /**
   * Sets it up if this process may.
   *
   * @param node names the rules
   */
  public static PageFirewall open(AddressPolicy policy, String node) {
    String table = "pagereel-" + node;
    if (!"root".equals(System.getProperty("user.name"))) {
      LOG.info("Packets that pages send by WebRTC are not limited: only root may do that");
      return new PageFirewall(table, null, "");
    }
    String group = freeGroup();
    PageFirewall firewall = new PageFirewall(table, group, FirewallRules.of(table, group, policy));
    if (mayRunIn(group) && firewall.start()) {
      return firewall;
    }
    LOG.warn(
        "Packets that pages send by WebRTC are not limited: there is no nft, or it may not be used"
            + " here. See docs/CONFIGURATION.md, Pages and the network");
    firewall.close();
    return new PageFirewall(table, null, "");
  }

  /** Number of the group that browsers are to run in; null where nothing is set up. */
  public @Nullable String group() {
    return group;
  }

  private synchronized boolean start() {
    if (closed) {
      return true;
    }
    ProcessBuilder builder = new ProcessBuilder("nft", "--interactive");
    builder.environment().put("HOME", "/dev/null"); // it would keep what it was told there
    builder.redirectErrorStream(true).redirectOutput(ProcessBuilder.Redirect.DISCARD);
    try {
      Process started = builder.start();
      nft = started;
      Writer in = started.outputWriter(StandardCharsets.US_ASCII);
      in.write(rules);
      in.flush();
      if (Await.until(PATIENCE, () -> !started.isAlive() || isThere()) && started.isAlive()) {
        var _ = started.onExit().thenRun(this::repair);
        return true;
      }
      started.destroyForcibly();
      return false;
    } catch (IOException e) {
      return false; // there is no such program, or it ended at once
    }
  }

  /** Somebody ended the process that the rules belong to. */
  private void repair() {
    CompletableFuture.delayedExecutor(BEFORE_REPAIR.toMillis(), TimeUnit.MILLISECONDS)
        .execute(() -> {
          if (!start()) {
            LOG.error("The rules for packets that pages send are gone and cannot be set again");
          }
        });
  }

  private boolean isThere() {
    return succeeds("nft", "list", "chain", "inet", table, "out");
  }

  /** A container may know fewer groups than there are numbers. */
  private static boolean mayRunIn(String group) {
    return succeeds(
        "setpriv", "--reuid=pagereel", "--regid=" + group, "--init-groups", "--", "true");
  }

  private static String freeGroup() {
    while (true) {
      int number = ThreadLocalRandom.current().nextInt(FIRST_GROUP, LAST_GROUP + 1);
      if (!succeeds("getent", "group", String.valueOf(number))) {
        return String.valueOf(number);
      }
    }
  }

  private static boolean succeeds(String... command) {
    return Program.succeeds(PATIENCE, command);
  }

  @Override
  public synchronized void close() {
    closed = true;
    Process running = nft;
    if (running != null) {
      running.destroy();
      if (!Await.until(PATIENCE, () -> !running.isAlive())) {
        running.destroyForcibly();
      }
    }
  }
}
