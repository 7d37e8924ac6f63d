package org.pagereel.server.platform.store;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import javax.sql.DataSource;
import org.flywaydb.core.Flyway;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.transaction.LocalTransactionHandler;
import org.pagereel.server.platform.config.PostgresSettings;
import org.postgresql.ds.PGSimpleDataSource;

/** PostgreSQL, for any number of servers. */
final class PostgresDatabase implements Database {
  private static final Duration CONNECTION_WITHIN = Duration.ofSeconds(2);

  /** A database that has not answered for so long is taken for gone. */
  private static final Duration ANSWER_WITHIN = Duration.ofSeconds(6);

  /** So many of ten connections are for what may wait: the others are never kept from writing. */
  private static final int BULK_TENTHS = 3;

  private final PGSimpleDataSource listener;
  private final HikariDataSource pool;
  private final HikariDataSource bulkPool;
  private final HikariDataSource heartPool;
  private final StoreHealth health = new StoreHealth();
  private final Jdbi jdbi;
  private final Jdbi bulk;
  private final Jdbi heartbeats;
  private final GroupCommit messages;
  private final StoreWatch watch;

  private PostgresDatabase(PGSimpleDataSource source, PGSimpleDataSource listener, int most) {
    this.listener = listener;
    int forBulk = Math.max(1, most * BULK_TENTHS / 10);
    this.pool = pool("store", source, Math.max(1, most - forBulk - 1));
    this.bulkPool = pool("store-bulk", source, forBulk);
    this.heartPool = pool("store-heartbeat", source, 1);
    this.jdbi = jdbi(pool);
    this.bulk = jdbi(bulkPool);
    this.heartbeats = jdbi(heartPool);
    this.messages = new GroupCommit(bulk);
    this.watch = new StoreWatch(bulk, health);
    messages.open();
    watch.open();
  }

  static Database open(PostgresSettings settings) {
    PGSimpleDataSource source = source(settings);
    Flyway.configure()
        .dataSource(direct(settings)) // it locks for a whole session
        .locations("classpath:db/postgresql", "classpath:db/both")
        .load()
        .migrate();
    return new PostgresDatabase(source, direct(settings), settings.pool());
  }

  static Jdbi beside(PostgresSettings settings) {
    return words(Jdbi.create(source(settings)));
  }

  /**
   * Around a pooler: sessions of one's own. A listener hears nothing for a long time when nobody
   * says anything.
   */
  private static PGSimpleDataSource direct(PostgresSettings settings) {
    PGSimpleDataSource source = source(settings);
    if (settings.direct() != null) {
      source.setUrl(settings.direct());
    }
    source.setSocketTimeout(0);
    return source;
  }

  private static HikariDataSource pool(String name, DataSource source, int most) {
    HikariConfig config = new HikariConfig();
    config.setPoolName(name);
    config.setDataSource(source);
    config.setMaximumPoolSize(most);
    config.setMinimumIdle(1);
    config.setConnectionTimeout(CONNECTION_WITHIN.toMillis());
    config.setValidationTimeout(CONNECTION_WITHIN.dividedBy(2).toMillis());
    return new HikariDataSource(config);
  }

  private static PGSimpleDataSource source(PostgresSettings settings) {
    PGSimpleDataSource source = new PGSimpleDataSource();
    source.setUrl(settings.url());
    settings.user().ifPresent(source::setUser);
    settings.password().ifPresent(source::setPassword);
    source.setApplicationName("pagereel");
    source.setConnectTimeout((int) CONNECTION_WITHIN.toSeconds());
    source.setSocketTimeout((int) ANSWER_WITHIN.toSeconds());
    source.setTcpKeepAlive(true);
    source.setPrepareThreshold(0); // a pooler gives each transaction another connection
    return source;
  }

  private Jdbi jdbi(HikariDataSource connections) {
    Jdbi made = words(Jdbi.create(() -> connection(connections)));
    made.setTransactionHandler(new PostgresTransactions(LocalTransactionHandler.binding(), health));
    return made;
  }

  /** Its words for what SQLite does in another way. */
  private static Jdbi words(Jdbi jdbi) {
    return RowLocks.postgres(jdbi.registerArgument(new TextArguments()));
  }

  private Connection connection(HikariDataSource connections) throws SQLException {
    try {
      return connections.getConnection();
    } catch (SQLException e) {
      StoreUnavailable.in(e).ifPresent(health::failed);
      throw e;
    }
  }

  @Override
  public Jdbi jdbi() {
    return jdbi;
  }

  @Override
  public Jdbi commands() {
    return jdbi;
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
    return heartbeats;
  }

  @Override
  public Connection listen() throws SQLException {
    return listener.getConnection();
  }

  @Override
  public boolean isShared() {
    return true;
  }

  @Override
  public DataSource source() {
    return pool;
  }

  @Override
  public int waiting() {
    return pool.getHikariPoolMXBean().getThreadsAwaitingConnection();
  }

  @Override
  public StoreHealth health() {
    return health;
  }

  @Override
  public void close() {
    messages.close();
    watch.close();
    heartPool.close();
    bulkPool.close();
    pool.close();
  }
}
