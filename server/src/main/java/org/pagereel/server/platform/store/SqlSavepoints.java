package org.pagereel.server.platform.store;

import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.HandleCallback;
import org.jdbi.v3.core.transaction.TransactionHandler;
import org.jdbi.v3.core.transaction.TransactionIsolationLevel;

/**
 * Savepoints in SQL, because Jdbi forgets one that was rolled back to, and the database does not;
 * and one level of transactions.
 */
interface SqlSavepoints extends TransactionHandler {
  @Override
  default void savepoint(Handle handle, String name) {
    handle.execute("SAVEPOINT " + name);
  }

  @Override
  default void rollbackToSavepoint(Handle handle, String name) {
    handle.execute("ROLLBACK TO " + name);
  }

  @Override
  default void releaseSavepoint(Handle handle, String name) {
    handle.execute("RELEASE " + name);
  }

  /** A store has one level only; whoever needs more locks the rows that it reads. */
  @Override
  default <R, X extends Exception> R inTransaction(
      Handle handle, TransactionIsolationLevel level, HandleCallback<R, X> callback) throws X {
    return inTransaction(handle, callback);
  }
}
