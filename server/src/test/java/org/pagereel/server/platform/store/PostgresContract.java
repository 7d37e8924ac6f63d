package org.pagereel.server.platform.store;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.util.Optional;
import org.pagereel.server.platform.config.PostgresSettings;

/** PostgreSQL of one make. */
abstract class PostgresContract extends StoreContract {
  private final PostgresServer.Make make;
  private PostgresSettings settings;

  PostgresContract(PostgresServer.Make make) {
    this.make = make;
  }

  @Override
  Database create() {
    Optional<PostgresServer> server = TestStores.server(make);
    assumeTrue(server.isPresent(), "its programs are not here");
    settings = server.orElseThrow().database();
    return again();
  }

  @Override
  Database again() {
    return Database.open(settings, folder);
  }
}
