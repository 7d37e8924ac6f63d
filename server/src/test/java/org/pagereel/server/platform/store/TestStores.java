package org.pagereel.server.platform.store;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import org.pagereel.server.platform.config.PostgresSettings;

/**
 * The stores of tests: SQLite, or with {@code -Dpagereel.store=debian} or {@code newest} databases
 * of a PostgreSQL that all tests of this process share.
 */
public final class TestStores {
  private static final String STORE = System.getProperty("pagereel.store", "sqlite");
  private static final Map<PostgresServer.Make, Optional<PostgresServer>> SERVERS =
      new ConcurrentHashMap<>();
  private static final Map<Path, PostgresSettings> DATABASES = new ConcurrentHashMap<>();

  private TestStores() {}

  /** The store of a folder, of the kind that this run is about. */
  public static Database open(Path folder) {
    return Database.open(settings(folder), folder);
  }

  /** Where that is: always the same for one folder; null for SQLite, which lies in it. */
  public static @Nullable PostgresSettings settings(Path folder) {
    return STORE.equals("sqlite")
        ? null
        : DATABASES.computeIfAbsent(folder.toAbsolutePath(), TestStores::database);
  }

  private static PostgresSettings database(Path folder) {
    PostgresServer.Make make = PostgresServer.Make.valueOf(STORE.toUpperCase(Locale.ROOT));
    return server(make).orElseThrow().database();
  }

  /** The one of this make that tests share; empty if its programs are not here. */
  public static Optional<PostgresServer> server(PostgresServer.Make make) {
    return SERVERS.computeIfAbsent(make, TestStores::start);
  }

  private static Optional<PostgresServer> start(PostgresServer.Make make) {
    try {
      return PostgresServer.open(make);
    } catch (IOException e) {
      throw new IllegalStateException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }
}
