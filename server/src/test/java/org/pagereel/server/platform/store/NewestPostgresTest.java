package org.pagereel.server.platform.store;

/** The newest PostgreSQL. */
class NewestPostgresTest extends PostgresContract {
  NewestPostgresTest() {
    super(PostgresServer.Make.NEWEST);
  }
}
