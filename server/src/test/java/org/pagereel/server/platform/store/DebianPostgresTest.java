package org.pagereel.server.platform.store;

/** Debian's PostgreSQL 15. */
class DebianPostgresTest extends PostgresContract {
  DebianPostgresTest() {
    super(PostgresServer.Make.DEBIAN);
  }
}
