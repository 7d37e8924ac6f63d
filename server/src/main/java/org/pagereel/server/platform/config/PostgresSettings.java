package org.pagereel.server.platform.config;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.pagereel.recorder.Range;

/**
 * Where PostgreSQL is.
 *
 * @param url such as {@code jdbc:postgresql://db.example.org/pagereel}
 * @param name of the user; null if the address names one
 * @param passwordFile holds the password in its first line; null for none
 * @param pool the most connections of this server
 * @param wakes whether nodes tell each other of clients' orders by {@code NOTIFY}; they look every
 *     few seconds anyway
 * @param direct the address for {@code LISTEN} and for making tables, if {@code url} is a pooler's
 */
public record PostgresSettings(
    String url,
    @Nullable String name,
    @Nullable Path passwordFile,
    int pool,
    boolean wakes,
    @Nullable String direct) {
  private static final String PREFIX = "jdbc:postgresql:";

  /** Twenty recordings need few connections at once: each change takes milliseconds. */
  public static final int DEFAULT_POOL = 10;

  public PostgresSettings {
    requireAddress("url", url);
    if (direct != null) {
      requireAddress("direct", direct);
    }
    Range.require("database.pool", pool, 3, 200);
  }

  private static void requireAddress(String key, String address) {
    if (!address.startsWith(PREFIX)) {
      throw new IllegalArgumentException(
          "database."
              + key
              + " is '"
              + address
              + "'; allowed is "
              + PREFIX
              + "//HOST[:PORT]/DATABASE");
    }
  }

  /** What the command line names, with everything else as the settings say, if they do. */
  static PostgresSettings at(String url, @Nullable PostgresSettings before) {
    return before == null
        ? new PostgresSettings(url, null, null, DEFAULT_POOL, true, null)
        : new PostgresSettings(
            url, before.name(), before.passwordFile(), before.pool(), before.wakes(), null);
  }

  public Optional<String> user() {
    return Optional.ofNullable(name);
  }

  /**
   * Read anew each time: it may have been changed.
   *
   * @throws UncheckedIOException the file cannot be read
   */
  public Optional<String> password() {
    if (passwordFile == null) {
      return Optional.empty();
    }
    try {
      return Files.readString(passwordFile).lines().findFirst();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
