package org.pagereel.server.platform.store;

import java.sql.Connection;
import java.util.Objects;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.HandleCallback;

/**
 * Transactions that wait for their turn to write. They are begun and ended in SQL: the driver's own
 * commit begins the next transaction at once, which may fail although everything was stored.
 */
final class StoreTransactions implements SqlSavepoints {
  private final Writer writer;
  private final Urgency urgency;

  StoreTransactions(Writer writer, Urgency urgency) {
    this.writer = writer;
    this.urgency = urgency;
  }

  @Override
  public void begin(Handle handle) {
    HandleConnection connection = connection(handle);
    if (connection.writer() != null) {
      throw new IllegalStateException("The handle is in a transaction already");
    }
    connection.writer(writer.begin(urgency));
  }

  @Override
  public void commit(Handle handle) {
    writer.commit(ended(handle));
  }

  @Override
  public void rollback(Handle handle) {
    writer.rollback(ended(handle));
  }

  private static Connection ended(Handle handle) {
    HandleConnection connection = connection(handle);
    Connection writing = Objects.requireNonNull(connection.writer(), "No transaction goes on");
    connection.writer(null);
    return writing;
  }

  @Override
  public boolean isInTransaction(Handle handle) {
    return connection(handle).writer() != null;
  }

  @Override
  public <R, X extends Exception> R inTransaction(Handle handle, HandleCallback<R, X> callback)
      throws X {
    handle.begin();
    R result;
    try {
      result = callback.withHandle(handle);
    } catch (RuntimeException e) {
      handle.rollback();
      throw writer.failure(e);
    } catch (Throwable e) {
      handle.rollback();
      throw e;
    }
    handle.commit();
    return result;
  }

  private static HandleConnection connection(Handle handle) {
    return HandleConnection.of(handle.getConnection());
  }
}
