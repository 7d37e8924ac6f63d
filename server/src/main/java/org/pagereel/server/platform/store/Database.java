package org.pagereel.server.platform.store;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import javax.sql.DataSource;
import org.jdbi.v3.core.Jdbi;
import org.jspecify.annotations.Nullable;
import org.pagereel.server.platform.config.PostgresSettings;

/**
 * The store: SQLite in the data folder for one server, or PostgreSQL for any number of them.
 * Everything in it survives a crash at any moment.
 *
 * <p>All that writes is a transaction. What cannot be stored within some seconds is a {@link
 * StoreUnavailable}. A transaction that decides by what it has read locks the rows that it read:
 * see {@link RowLocks}.
 */
public interface Database extends AutoCloseable {
  /** The name of SQLite's store in its folder. */
  String FILE = "pagereel.db";

  /** Opens or creates SQLite's store in the folder, in today's shape. */
  static Database open(Path folder) {
    return SqliteDatabase.open(folder);
  }

  /**
   * Opens or creates the store, in today's shape.
   *
   * @param postgres null for SQLite in the folder
   */
  static Database open(@Nullable PostgresSettings postgres, Path folder) {
    return postgres == null ? open(folder) : PostgresDatabase.open(postgres);
  }

  /** The store of a server that may be running: as it is, for a question or a short change. */
  static Jdbi beside(Path folder) {
    return SqliteDatabase.beside(folder);
  }

  /** The same of one that nodes share. */
  static Jdbi beside(PostgresSettings settings) {
    return PostgresDatabase.beside(settings);
  }

  /** For what keeps recordings going. */
  Jdbi jdbi();

  /** For what clients ask for: they have an answer within five seconds. */
  Jdbi commands();

  /** For what may wait until nobody else wants to write. */
  Jdbi bulk();

  /** For small writes that come in heaps. */
  GroupCommit messages();

  /** For heartbeats, which wait for nobody; a call fails within a few seconds. */
  Jdbi heartbeats();

  /**
   * A connection to hear by what other servers say, if there are any; it is the caller's to close.
   *
   * @throws SQLException it cannot be had now
   */
  Connection listen() throws SQLException;

  /** Whether other servers may use it: then it is PostgreSQL. */
  boolean isShared();

  /** For db-scheduler, whose statements each are a transaction. */
  DataSource source();

  /** The number of transactions that wait for a connection that writes. */
  int waiting();

  StoreHealth health();

  @Override
  void close();
}
