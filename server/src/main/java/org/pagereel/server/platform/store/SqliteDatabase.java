package org.pagereel.server.platform.store;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.SQLFeatureNotSupportedException;
import java.time.Duration;
import javax.sql.DataSource;
import org.flywaydb.core.Flyway;
import org.jdbi.v3.core.Jdbi;
import org.sqlite.SQLiteConfig;
import org.sqlite.SQLiteDataSource;

/**
 * SQLite in the data folder, for one server. Reads go on whatever happens to the writer. All that
 * writes waits for its turn: see {@link Urgency}.
 */
final class SqliteDatabase implements Database {
  private static final int BESIDE_WAITS_MILLIS = 5000;

  private static final int READERS = 8;
  private static final Duration READER_WITHIN = Duration.ofSeconds(1);

  /** Readers wait only while a crashed process's log is made good. */
  private static final int READER_WAITS_MILLIS = 250;

  private static final int WAITS_AT_START_MILLIS = 10_000;

  /** A log that had to grow beyond this many bytes is cut back. */
  private static final int LARGEST_LOG = 64 << 20;

  private final HikariDataSource readers;
  private final StoreHealth health = new StoreHealth();
  private final Writer writer;
  private final DataSource source;
  private final Jdbi jdbi;
  private final Jdbi commands;
  private final Jdbi bulk;
  private final GroupCommit messages;
  private final StoreWatch watch;

  private SqliteDatabase(SQLiteDataSource opener, HikariDataSource readers) {
    this.readers = readers;
    this.writer = new Writer(opener::getConnection, health);
    this.source = WriterSource.of(writer);
    this.jdbi = jdbi(Urgency.RECORDINGS);
    this.commands = jdbi(Urgency.COMMANDS);
    this.bulk = jdbi(Urgency.BULK);
    this.messages = new GroupCommit(bulk);
    this.watch = new StoreWatch(bulk, health);
    messages.open();
    watch.open();
  }

  static Database open(Path folder) {
    String url = url(folder);
    Flyway.configure()
        .dataSource(opener(url, WAITS_AT_START_MILLIS))
        .locations("classpath:db/sqlite", "classpath:db/both")
        .load()
        .migrate();
    HikariConfig pool = new HikariConfig();
    pool.setPoolName("store");
    pool.setDataSource(opener(url, READER_WAITS_MILLIS));
    // What writes outside of a transaction has not waited for its turn.
    pool.setConnectionInitSql("PRAGMA query_only = ON");
    pool.setMaximumPoolSize(READERS);
    pool.setMaxLifetime(0); // a file does not mind; a new connection might not come on a full disk
    pool.setConnectionTimeout(READER_WITHIN.toMillis());
    return new SqliteDatabase(opener(url, 0), new HikariDataSource(pool));
  }

  static Jdbi beside(Path folder) {
    return RowLocks.none(Jdbi.create(opener(url(folder), BESIDE_WAITS_MILLIS)));
  }

  private static String url(Path folder) {
    return "jdbc:sqlite:" + folder.resolve(FILE);
  }

  private static SQLiteDataSource opener(String url, int waitMillis) {
    SQLiteDataSource opener = new SQLiteDataSource(config(waitMillis));
    opener.setUrl(url);
    return opener;
  }

  private static SQLiteConfig config(int waitMillis) {
    SQLiteConfig sqlite = new SQLiteConfig();
    sqlite.setJournalMode(SQLiteConfig.JournalMode.WAL);
    // What was announced must not be forgotten, not even when the power fails.
    sqlite.setSynchronous(SQLiteConfig.SynchronousMode.FULL);
    sqlite.setBusyTimeout(waitMillis);
    sqlite.setJournalSizeLimit(LARGEST_LOG);
    return sqlite;
  }

  private Jdbi jdbi(Urgency urgency) {
    Jdbi made = RowLocks.none(Jdbi.create(() -> HandleConnection.open(readers)));
    made.setTransactionHandler(new StoreTransactions(writer, urgency));
    return made;
  }

  @Override
  public Jdbi jdbi() {
    return jdbi;
  }

  @Override
  public Jdbi commands() {
    return commands;
  }

  @Override
  public Jdbi bulk() {
    return bulk;
  }

  @Override
  public GroupCommit messages() {
    return messages;
  }

  @Override
  public Jdbi heartbeats() {
    return jdbi;
  }

  @Override
  public Connection listen() throws SQLException {
    throw new SQLFeatureNotSupportedException("Nobody else uses this store");
  }

  @Override
  public boolean isShared() {
    return false;
  }

  @Override
  public DataSource source() {
    return source;
  }

  @Override
  public int waiting() {
    return writer.waiting();
  }

  @Override
  public StoreHealth health() {
    return health;
  }

  @Override
  public void close() {
    messages.close();
    watch.close();
    writer.close();
    readers.close();
  }
}
