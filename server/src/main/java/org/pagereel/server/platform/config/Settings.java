package org.pagereel.server.platform.config;

import java.nio.file.Path;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.pagereel.recorder.Attempt;
import org.pagereel.recorder.Range;
import tools.jackson.databind.JsonNode;

/**
 * The settings of a server, as they are meant: defaults are in place, and what is null is none. How
 * they are written is {@link WrittenSettings}.
 *
 * @param listen host:port; a host that is not loopback needs authentication
 * @param publicUrl the address by which clients and recorded pages reach this server; null: listen
 * @param node name of this machine in the store; null for one made at the first start
 * @param authentication false lets everybody do everything; only on loopback
 * @param proxies addresses of proxies in front, which write their clients' address last into {@code
 *     X-Forwarded-For}
 * @param demoRoom who may hold a class in the demo room
 * @param database null for SQLite in the data folder
 * @param role of a node that shares a database with others
 * @param operatorKey whoever has it may drain this node; null: who is on this machine
 * @param files the folder of what is recorded, made and uploaded, which all nodes of a database
 *     share; null for the data folder
 * @param apps customers that speak Agora's API
 * @param tencent customers that speak Tencent's
 */
public record Settings(
    String listen,
    @Nullable String publicUrl,
    @Nullable String node,
    boolean authentication,
    List<App> apps,
    List<TencentAccount> tencent,
    Limits recordings,
    Network network,
    DemoRoomOpening demoRoom,
    List<String> proxies,
    @Nullable PostgresSettings database,
    @Nullable Path files,
    NodeRole role,
    @Nullable String operatorKey) {

  public static final String DEFAULT_LISTEN = "127.0.0.1:8080";

  private static final int MIN_KEY = 16;

  public Settings {
    if (operatorKey != null && operatorKey.length() < MIN_KEY) {
      throw new IllegalArgumentException(
          "operatorKey has %d characters; allowed are %d and more"
              .formatted(operatorKey.length(), MIN_KEY));
    }
    apps = List.copyOf(apps);
    tencent = List.copyOf(tencent);
    proxies = List.copyOf(proxies);
    Set<String> seen = new HashSet<>();
    for (App app : apps) {
      if (!seen.add(app.id())) {
        throw new IllegalArgumentException("apps has the id " + app.id() + " twice");
      }
    }
    for (TencentAccount account : tencent) {
      if (!seen.add(account.secretId())) {
        throw new IllegalArgumentException(
            "tencent has the secretId " + account.secretId() + " twice");
      }
      for (TencentApp app : account.apps()) {
        if (!seen.add(String.valueOf(app.sdkAppId()))) {
          throw new IllegalArgumentException(
              "tencent has the sdkAppId " + app.sdkAppId() + " twice");
        }
      }
    }
  }

  public Optional<App> app(String id) {
    return apps.stream().filter(app -> app.id().equals(id)).findFirst();
  }

  /** Whether there is a demo room, on a server that only this machine reaches, or others too. */
  public boolean hasDemoRoom(boolean onLoopback) {
    return switch (demoRoom) {
      case EVERYBODY -> true;
      case NOBODY -> false;
      // With an address of its own the world may come in through a proxy on this machine.
      case ON_LOOPBACK -> onLoopback && publicUrl == null;
    };
  }

  public Optional<TencentAccount> tencentAccount(String secretId) {
    return tencent.stream().filter(one -> one.secretId().equals(secretId)).findFirst();
  }

  /** An application of whatever account. */
  public Optional<TencentApp> tencentApp(long sdkAppId) {
    return tencent.stream().flatMap(account -> account.app(sdkAppId).stream()).findFirst();
  }

  public Settings listening(@Nullable String address) {
    return address == null ? this : with(address, recordings, database);
  }

  public Settings warming(@Nullable Integer warm) {
    return warm == null ? this : with(listen, recordings.warming(warm), database);
  }

  /** With PostgreSQL at this address; null for what the settings say. */
  public Settings storing(@Nullable String url) {
    return url == null ? this : with(listen, recordings, PostgresSettings.at(url, database));
  }

  private Settings with(String address, Limits limits, @Nullable PostgresSettings postgres) {
    return new Settings(
        address,
        publicUrl,
        node,
        authentication,
        apps,
        tencent,
        limits,
        network,
        demoRoom,
        proxies,
        postgres,
        files,
        role,
        operatorKey);
  }

  /**
   * How many recordings.
   *
   * @param atOnce the most recordings at once on this machine; null: as many as it can carry
   * @param queue the most recordings that may wait
   * @param warm the number of recorders that wait for a recording
   * @param stopWithin the time that recordings have to finish when the server ends, or to go to
   *     other nodes
   * @param frozenAfter a recorder is replaced if page, screen, sound or itself give no sign of life
   *     for so long; null: it is only said
   * @param waitAtMost a recording that has waited for room so long is given up
   * @param drainAfter a node that is to end goes on with its recordings for so long, and then hands
   *     them over to other nodes
   */
  public record Limits(
      @Nullable Integer atOnce,
      int queue,
      int warm,
      Duration stopWithin,
      @Nullable Duration frozenAfter,
      Duration waitAtMost,
      Duration drainAfter) {
    public Limits {
      Range.require("recordings.queue", queue, 1, 100_000);
      Range.require("recordings.warm", warm, 0, 20);
      if (atOnce != null) {
        Range.require("recordings.atOnce", atOnce, 1, 200);
      }
      Range.require("recordings.waitAtMost", waitAtMost, Duration.ofSeconds(1), Duration.ofDays(7));
      Range.require("recordings.drainAfter", drainAfter, Duration.ZERO, Duration.ofDays(1));
      if (frozenAfter != null) {
        Range.require(
            "recordings.frozenAfter", frozenAfter, Attempt.MIN_FROZEN, Attempt.MAX_FROZEN);
      }
    }

    Limits warming(int recorders) {
      return new Limits(atOnce, queue, recorders, stopWithin, frozenAfter, waitAtMost, drainAfter);
    }
  }

  /**
   * Where recorded pages may go beside the public network.
   *
   * @param allow networks such as 10.1.0.0/16, or addresses
   */
  public record Network(List<String> allow) {
    public Network {
      allow = List.copyOf(allow);
    }
  }

  /**
   * A customer's account.
   *
   * @param certificate its tokens are made with it
   * @param region cn, ap, eu or na: of rooms that are created without one
   * @param openRooms true: a room that does not exist is created when something is asked of it
   * @param controllers users whose tokens control, whatever role they name or do not name; {@code
   *     *} is everybody
   * @param keep files are deleted so long after a recording's end; null for never
   */
  public record App(
      String id,
      String certificate,
      String region,
      boolean openRooms,
      @Nullable Webhook callback,
      @Nullable AutoRecord autoRecord,
      List<String> controllers,
      @Nullable Duration keep) {
    private static final String EVERYBODY = "*";

    public App {
      // The vendor's token library makes no token for anything else.
      if (!id.matches("[0-9a-f]{32}")) {
        throw new IllegalArgumentException(
            "apps.id is " + id + "; allowed are 32 hexadecimal digits");
      }
      if (!certificate.matches("[0-9a-f]{32}")) {
        throw new IllegalArgumentException(
            "apps.certificate of " + id + " must be 32 hexadecimal digits");
      }
      if (!Set.of("cn", "ap", "eu", "na").contains(region)) {
        throw new IllegalArgumentException(
            "apps.region of " + id + " is " + region + "; allowed are cn, ap, eu, na");
      }
      controllers = List.copyOf(controllers);
      if (keep != null
          && (keep.compareTo(Duration.ofMinutes(1)) < 0
              || keep.compareTo(Duration.ofDays(3650)) > 0)) {
        throw new IllegalArgumentException(
            "apps.keep of " + id + " is " + keep + "; allowed are 1m to 3650d");
      }
    }

    /** Whether the settings let this user control. */
    public boolean letsControl(String userUuid) {
      return controllers.contains(EVERYBODY) || controllers.contains(userUuid);
    }
  }

  /** The address to which every change of a recording is POSTed, and the secret that signs it. */
  public record Webhook(String url, String secret) {}

  /**
   * Records classes by themselves.
   *
   * @param body of the request that starts a recording, as a client would send it
   * @param upstream its class states count beside our own; null for none
   */
  public record AutoRecord(JsonNode body, @Nullable Upstream upstream) {}

  /**
   * A vendor's event queue.
   *
   * @param url of its {@code …/edu/polling/apps/{appId}/v2/rooms/sequences}
   * @param every the time between two requests
   */
  public record Upstream(String url, Duration every, Map<String, String> headers) {
    public Upstream {
      headers = Map.copyOf(headers);
    }
  }
}
