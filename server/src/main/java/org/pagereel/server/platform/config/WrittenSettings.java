package org.pagereel.server.platform.config;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.pagereel.recorder.Durations;
import org.pagereel.recorder.ReadySignal;
import tools.jackson.databind.JsonNode;

/**
 * The settings as an operator writes them: everything may be left out, and this is where the
 * defaults are put in. What the settings mean is {@link Settings}. An unknown key is an error.
 */
record WrittenSettings(
    @Nullable String listen,
    @Nullable String publicUrl,
    @Nullable String node,
    @Nullable Boolean authentication,
    @Nullable List<App> apps,
    @Nullable List<Account> tencent,
    @Nullable Limits recordings,
    @Nullable Network network,
    @Nullable Boolean demoRoom,
    @Nullable List<String> proxies,
    @Nullable Postgres database,
    @Nullable Path files,
    @Nullable String role,
    @Nullable String operatorKey) {

  /**
   * What they mean.
   *
   * @throws IllegalArgumentException names the key, its value and what is allowed
   */
  Settings meaning() {
    Limits limits =
        recordings == null ? new Limits(null, null, null, null, null, null, null) : recordings;
    return new Settings(
        or(listen, Settings.DEFAULT_LISTEN),
        publicUrl,
        node,
        or(authentication, true),
        listed("apps", apps).stream().map(App::meaning).toList(),
        listed("tencent", tencent).stream().map(Account::meaning).toList(),
        limits.meaning(),
        new Settings.Network(listed("network.allow", network == null ? null : network.allow())),
        demoRoom == null ? DemoRoomOpening.ON_LOOPBACK : DemoRoomOpening.of(demoRoom),
        listed("proxies", proxies),
        database == null ? null : database.meaning(),
        files,
        role == null ? NodeRole.BOTH : NodeRole.of(role),
        operatorKey);
  }

  private static <T> T or(@Nullable T written, T otherwise) {
    return written == null ? otherwise : written;
  }

  /** A list of which no entry is empty. */
  private static <T> List<T> listed(String key, @Nullable List<T> written) {
    List<T> entries = or(written, List.of());
    if (entries.stream().anyMatch(Objects::isNull)) {
      throw new IllegalArgumentException(key + " has an empty entry");
    }
    return entries;
  }

  private static String required(String key, @Nullable String id, @Nullable String written) {
    if (written == null) {
      throw new IllegalArgumentException(key + " of " + id + " is absent");
    }
    return written;
  }

  record Limits(
      @Nullable Integer atOnce,
      @Nullable Integer queue,
      @Nullable Integer warm,
      @Nullable Duration stopWithin,
      @Nullable String frozenAfter,
      @Nullable Duration waitAtMost,
      @Nullable Duration drainAfter) {
    private static final String NEVER = "never";

    Settings.Limits meaning() {
      return new Settings.Limits(
          atOnce,
          or(queue, 100),
          or(warm, 0),
          or(stopWithin, Duration.ofSeconds(30)),
          frozenAfter(or(frozenAfter, "10s")),
          or(waitAtMost, Duration.ofHours(2)),
          or(drainAfter, Duration.ZERO));
    }

    private static @Nullable Duration frozenAfter(String written) {
      try {
        return written.equals(NEVER) ? null : Durations.parse(written);
      } catch (IllegalArgumentException e) {
        throw new IllegalArgumentException(
            "recordings.frozenAfter: " + e.getMessage() + ", or " + NEVER, e);
      }
    }
  }

  record Network(@Nullable List<String> allow) {}

  record Postgres(
      @Nullable String url,
      @Nullable String user,
      @Nullable Path passwordFile,
      @Nullable Integer pool,
      @Nullable Boolean wakes,
      @Nullable String direct) {
    PostgresSettings meaning() {
      return new PostgresSettings(
          String.valueOf(url),
          user,
          passwordFile,
          or(pool, PostgresSettings.DEFAULT_POOL),
          or(wakes, true),
          direct);
    }
  }

  record App(
      @Nullable String id,
      @Nullable String certificate,
      @Nullable String region,
      @Nullable Boolean openRooms,
      @Nullable Webhook callback,
      @Nullable AutoRecord autoRecord,
      @Nullable List<String> controllers,
      @Nullable Duration keep) {
    Settings.App meaning() {
      // What is absent is shown as null, which is none of the allowed forms.
      return new Settings.App(
          String.valueOf(id),
          String.valueOf(certificate),
          or(region, "cn"),
          or(openRooms, false),
          callback == null ? null : callback.meaning(id),
          autoRecord == null ? null : autoRecord.meaning(id),
          listed("apps.controllers", controllers),
          keep);
    }
  }

  record Webhook(@Nullable String url, @Nullable String secret) {
    Settings.Webhook meaning(@Nullable String id) {
      return new Settings.Webhook(
          required("apps.callback.url", id, url), required("apps.callback.secret", id, secret));
    }
  }

  record AutoRecord(@Nullable JsonNode body, @Nullable Upstream upstream) {
    Settings.AutoRecord meaning(@Nullable String id) {
      if (body == null) {
        throw new IllegalArgumentException("apps.autoRecord.body of " + id + " is absent");
      }
      return new Settings.AutoRecord(body, upstream == null ? null : upstream.meaning(id));
    }
  }

  record Upstream(
      @Nullable String url, @Nullable Duration every, @Nullable Map<String, String> headers) {
    Settings.Upstream meaning(@Nullable String id) {
      Map<String, String> sent = or(headers, Map.of());
      if (sent.containsValue(null)) {
        throw new IllegalArgumentException(
            "apps.autoRecord.upstream.headers of " + id + " has an empty header");
      }
      return new Settings.Upstream(
          required("apps.autoRecord.upstream.url", id, url),
          or(every, Duration.ofSeconds(5)),
          sent);
    }
  }

  record Account(
      @Nullable String secretId, @Nullable String secretKey, @Nullable List<TicApp> apps) {
    TencentAccount meaning() {
      return new TencentAccount(
          String.valueOf(secretId),
          String.valueOf(secretKey),
          listed("tencent.apps", apps).stream().map(TicApp::meaning).toList());
    }
  }

  record TicApp(
      @Nullable Long sdkAppId,
      @Nullable String key,
      @Nullable String page,
      @Nullable String ready,
      @Nullable Duration keep,
      @Nullable Duration messages,
      @Nullable List<String> admins,
      @Nullable String callbackKey,
      @Nullable String upload,
      @Nullable History history,
      @Nullable String replayPage) {
    TencentApp meaning() {
      if (sdkAppId == null) {
        throw new IllegalArgumentException(
            "tencent.apps.sdkAppId is null; allowed are 1 to 4294967295");
      }
      return new TencentApp(
          sdkAppId,
          key,
          page,
          signal(),
          or(keep, TencentApp.DEFAULT_KEEP),
          or(messages, TencentApp.DEFAULT_MESSAGES),
          admins == null ? null : listed("tencent.apps.admins", admins),
          callbackKey,
          uploadBytes(),
          history == null ? null : history.meaning(),
          replayPage);
    }

    private ReadySignal signal() {
      try {
        return ReadySignal.parse(or(ready, "notify"));
      } catch (IllegalArgumentException e) {
        throw wrong("ready", e);
      }
    }

    private long uploadBytes() {
      try {
        return ByteCount.parse(or(upload, "4GB"));
      } catch (IllegalArgumentException e) {
        throw wrong("upload", e);
      }
    }

    private IllegalArgumentException wrong(String key, IllegalArgumentException e) {
      return new IllegalArgumentException(
          "tencent.apps." + key + " of " + sdkAppId + ": " + e.getMessage(), e);
    }
  }

  record History(
      @Nullable String url,
      @Nullable String identifier,
      @Nullable String usersig,
      @Nullable String key) {
    HistorySource meaning() {
      return new HistorySource(String.valueOf(url), or(identifier, ""), usersig, key);
    }
  }
}
