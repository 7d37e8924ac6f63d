package org.pagereel.server.platform.store;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.HandleCallback;
import org.jdbi.v3.core.transaction.TransactionException;
import org.jdbi.v3.core.transaction.TransactionHandler;

/**
 * Transactions that nobody waits for in vain. A server that stands still in the middle of one loses
 * it, since others wait for the rows that it has locked; one that collided with another's is done
 * again.
 */
final class PostgresTransactions implements SqlSavepoints {
  private static final int TRIES = 4;
  private static final Duration LOCK_WITHIN = Duration.ofSeconds(3);
  private static final Duration STATEMENT_WITHIN = Duration.ofSeconds(5);
  private static final Duration IDLE = Duration.ofSeconds(3);

  /** Said anew in each transaction: a pooler may give each one another connection. */
  private static final String LIMITS =
      "SET LOCAL lock_timeout = %d; SET LOCAL statement_timeout = %d; SET LOCAL idle_in_transaction_session_timeout = %d"
          .formatted(LOCK_WITHIN.toMillis(), STATEMENT_WITHIN.toMillis(), IDLE.toMillis());

  private final TransactionHandler plain;
  private final StoreHealth health;

  PostgresTransactions(TransactionHandler plain, StoreHealth health) {
    this.plain = plain;
    this.health = health;
  }

  @Override
  public TransactionHandler specialize(Handle handle) throws SQLException {
    return new PostgresTransactions(plain.specialize(handle), health);
  }

  @Override
  public void begin(Handle handle) {
    plain.begin(handle);
    Connection connection = handle.getConnection();
    try (Statement statement = connection.createStatement()) {
      statement.execute(LIMITS);
    } catch (SQLException e) {
      throw new TransactionException("Cannot begin a transaction", e);
    }
  }

  @Override
  public void commit(Handle handle) {
    plain.commit(handle);
  }

  @Override
  public void rollback(Handle handle) {
    plain.rollback(handle);
  }

  @Override
  public boolean isInTransaction(Handle handle) {
    return plain.isInTransaction(handle);
  }

  @Override
  public <R, X extends Exception> R inTransaction(Handle handle, HandleCallback<R, X> callback)
      throws X {
    for (int tried = 1; ; tried++) {
      try {
        R result = once(handle, callback);
        health.wrote();
        return result;
      } catch (RuntimeException e) {
        if (tried == TRIES || !StoreUnavailable.isCollision(e)) {
          throw health.noted(e);
        }
      }
    }
  }

  private static <R, X extends Exception> R once(Handle handle, HandleCallback<R, X> callback)
      throws X {
    try {
      handle.begin();
      R result = callback.withHandle(handle);
      handle.commit();
      return result;
    } catch (Throwable e) {
      undo(handle, e);
      throw e;
    }
  }

  private static void undo(Handle handle, Throwable failure) {
    try {
      if (handle.isInTransaction()) {
        handle.rollback();
      }
    } catch (RuntimeException e) { // a connection that has gone has undone everything
      failure.addSuppressed(e);
    }
  }
}
