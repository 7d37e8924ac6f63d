package org.pagereel.server.platform.store;

/** SQLite: one server, whose parts are as several. */
class SqliteTest extends StoreContract {
  @Override
  Database create() {
    return again();
  }

  @Override
  Database again() {
    return Database.open(folder);
  }
}
