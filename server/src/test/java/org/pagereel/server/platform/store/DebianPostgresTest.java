package org.pagereel.server.platform.store;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.util.Optional;
import org.pagereel.server.platform.config.PostgresSettings;

/** Debian's PostgreSQL 15. */
class DebianPostgresTest extends StoreContract {
  private PostgresSettings settings;

  @Override
  Database create() {
    Optional<PostgresServer> server = TestStores.server(PostgresServer.Make.DEBIAN);
    assumeTrue(server.isPresent(), "its programs are not here");
    settings = server.orElseThrow().database();
    return again();
  }

  @Override
  Database again() {
    return Database.open(settings, folder);
  }
}
