package org.pagereel.server.platform.store;

import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;

/**
 * The end of a statement that reads what its transaction decides by: nobody else changes these rows
 * before the transaction has ended. Outside of a transaction nothing is decided, and nothing
 * locked.
 *
 * <p>SQLite has one writer at a time, which does the same, and knows no words for it.
 */
public final class RowLocks {
  private static final String LOCK = "lock";
  private static final String LOCK_FREE = "lockFree";

  private RowLocks() {}

  /** Waits for whoever has locked the same rows. */
  public static String all(Handle handle) {
    return handle.isInTransaction() ? " <" + LOCK + ">" : "";
  }

  /** Leaves out what others have locked: each row of a queue is then one server's. */
  public static String free(Handle handle) {
    return handle.isInTransaction() ? " <" + LOCK_FREE + ">" : "";
  }

  static Jdbi none(Jdbi jdbi) {
    return jdbi.define(LOCK, "").define(LOCK_FREE, "");
  }

  static Jdbi postgres(Jdbi jdbi) {
    return jdbi.define(LOCK, "FOR UPDATE").define(LOCK_FREE, "FOR UPDATE SKIP LOCKED");
  }
}
