package org.pagereel.server.store;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import java.nio.file.Path;
import javax.sql.DataSource;
import org.flywaydb.core.Flyway;
import org.jdbi.v3.core.Jdbi;
import org.sqlite.SQLiteConfig;

/** The store: SQLite in the data folder. Everything in it survives a crash at any moment. */
public final class Database implements AutoCloseable {
  private final HikariDataSource source;
  private final Jdbi jdbi;

  private Database(HikariDataSource source) {
    this.source = source;
    this.jdbi = Jdbi.create(source);
  }

  /** Opens or creates the store in the folder, in today's shape. */
  public static Database open(Path folder) {
    SQLiteConfig sqlite = new SQLiteConfig();
    sqlite.setJournalMode(SQLiteConfig.JournalMode.WAL);
    // What was announced must not be forgotten, not even when the power fails.
    sqlite.setSynchronous(SQLiteConfig.SynchronousMode.FULL);
    sqlite.setBusyTimeout(10_000);
    // A transaction that reads first and writes later would fail if another wrote meanwhile.
    sqlite.setTransactionMode(SQLiteConfig.TransactionMode.IMMEDIATE);
    HikariConfig pool = new HikariConfig();
    pool.setJdbcUrl("jdbc:sqlite:" + folder.resolve("pagereel.db"));
    pool.setDataSourceProperties(sqlite.toProperties());
    pool.setMaximumPoolSize(8);
    pool.setPoolName("store");
    HikariDataSource source = new HikariDataSource(pool);
    Flyway.configure().dataSource(source).locations("classpath:db").load().migrate();
    return new Database(source);
  }

  public DataSource source() {
    return source;
  }

  public Jdbi jdbi() {
    return jdbi;
  }

  @Override
  public void close() {
    source.close();
  }
}
