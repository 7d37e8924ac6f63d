package org.pagereel.server.platform.store;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.SQLTransientException;
import java.sql.Statement;
import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.sqlite.SQLiteConnection;

/**
 * The one connection that writes, and whose turn it is. When another process has the store locked,
 * SQLite would wait inside native code, where a virtual thread holds the processor's thread: two
 * such waits stop all others of a small machine. So it is asked again and again instead.
 */
final class Writer implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Writer.class);
  private static final Duration ASK_AGAIN = Duration.ofMillis(10);

  /** A client's command may wait for it as well as for its own write. */
  private static final Duration SCHEDULER_PATIENCE = Duration.ofSeconds(1);

  /** For those who know nothing of turns: db-scheduler's statements are transactions themselves. */
  private static final int SCHEDULER_WAITS_MILLIS = 250;

  /** Opens connections that may write. */
  interface Opener {
    Connection open() throws SQLException;
  }

  private final Opener opener;
  private final StoreHealth health;
  private final WriteTurns turns = new WriteTurns();

  /** Of whoever has the turn. */
  private @Nullable Connection current;

  private boolean closed;

  Writer(Opener opener, StoreHealth health) {
    this.opener = opener;
    this.health = health;
  }

  /**
   * Waits for the turn and the store's lock, and begins a transaction.
   *
   * @throws StoreUnavailable then there is none, and the turn is another's
   */
  Connection begin(Urgency urgency) {
    long deadline = System.nanoTime() + urgency.patience().toNanos();
    take(urgency, urgency.patience());
    boolean begun = false;
    try {
      Connection connection = connection(0);
      while (!begins(connection, deadline)) {
        LockSupport.parkNanos(ASK_AGAIN.toNanos());
      }
      begun = true;
      return connection;
    } catch (SQLException e) {
      throw failed(e);
    } finally {
      if (!begun) {
        turns.give();
      }
    }
  }

  private void take(Urgency urgency, Duration patience) {
    try {
      turns.take(urgency, patience);
    } catch (StoreUnavailable e) {
      throw failure(e);
    }
  }

  private static boolean begins(Connection connection, long deadline) throws SQLException {
    try {
      execute(connection, "BEGIN IMMEDIATE");
      return true;
    } catch (SQLException e) {
      if (!StoreUnavailable.isBusy(e) || System.nanoTime() - deadline > 0) {
        throw e;
      }
      return false;
    }
  }

  /**
   * Ends the transaction; the turn is another's afterwards.
   *
   * @throws StoreUnavailable nothing was stored
   */
  void commit(Connection connection) {
    try {
      execute(connection, "COMMIT");
      health.wrote();
    } catch (SQLException e) {
      undo(connection);
      throw failed(e);
    } finally {
      turns.give();
    }
  }

  /** Ends the transaction without a trace; the turn is another's afterwards. */
  void rollback(Connection connection) {
    try {
      undo(connection);
    } finally {
      turns.give();
    }
  }

  /**
   * Gives the connection to somebody who does not know of transactions; ends with {@link #give}.
   */
  Connection lend() throws SQLException {
    take(Urgency.RECORDINGS, SCHEDULER_PATIENCE);
    boolean lent = false;
    try {
      Connection connection = connection(SCHEDULER_WAITS_MILLIS);
      lent = true;
      return connection;
    } finally {
      if (!lent) {
        turns.give();
      }
    }
  }

  void give() {
    turns.give();
  }

  int waiting() {
    return turns.waiting();
  }

  /** The failure of a transaction; a {@link StoreUnavailable} if it is the store's fault. */
  RuntimeException failure(RuntimeException failure) {
    return health.noted(failure);
  }

  private RuntimeException failed(SQLException e) {
    if (StoreUnavailable.isBroken(e)) {
      drop();
    }
    return failure(new IllegalStateException("The store cannot be written", e));
  }

  private Connection connection(int waitMillis) throws SQLException {
    Connection connection = current;
    if (closed) {
      throw new SQLTransientException("The store is closed");
    }
    if (connection == null) {
      connection = opener.open();
      current = connection;
    }
    connection.unwrap(SQLiteConnection.class).setBusyTimeout(waitMillis);
    return connection;
  }

  private void undo(Connection connection) {
    try {
      execute(connection, "ROLLBACK");
    } catch (SQLException e) {
      // After some errors SQLite has done so itself. If it has not, a closed connection has.
      if (!String.valueOf(e.getMessage()).contains("no transaction is active")) {
        drop();
      }
    }
  }

  private void drop() {
    Connection connection = current;
    current = null;
    if (connection != null) {
      try {
        connection.close();
      } catch (SQLException e) {
        LOG.warn("Closing a connection to the store", e);
      }
    }
  }

  private static void execute(Connection connection, String sql) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }

  @Override
  public void close() {
    turns.take(Urgency.RECORDINGS, Urgency.RECORDINGS.patience());
    try {
      closed = true;
      drop();
    } finally {
      turns.give();
    }
  }
}
