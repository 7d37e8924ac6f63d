package org.pagereel.server.platform.store;

import java.sql.SQLException;
import java.sql.SQLTransientException;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.sqlite.SQLiteErrorCode;

/**
 * The store cannot do now what it is asked for: another process has it locked, the disk is full or
 * fails, or too many wait already. Nothing was stored; the same may work later.
 */
public final class StoreUnavailable extends RuntimeException {
  private static final long serialVersionUID = 1;

  /** The time after which a client should try again. */
  public static final Duration RETRY_AFTER = Duration.ofSeconds(2);

  /** The message to a client. */
  public static final String MESSAGE =
      "The server cannot store anything at the moment; nothing was done. Try again in "
          + RETRY_AFTER.toSeconds()
          + " seconds";

  /** The last eight bits of SQLite's codes are the kind of error, the others what exactly. */
  private static final int KIND = 0xff;

  public StoreUnavailable(String message) {
    super(message, null, false, false);
  }

  StoreUnavailable(String message, Throwable cause) {
    super(message, cause);
  }

  /** The failure of the store, if this is one, whatever it is wrapped in. */
  public static Optional<StoreUnavailable> in(Throwable failure) {
    @Nullable Throwable cause = failure;
    for (int depth = 0; cause != null && depth < 20; depth++) {
      if (cause instanceof StoreUnavailable unavailable) {
        return Optional.of(unavailable);
      }
      if (cause instanceof SQLException error && isOne(error)) {
        return Optional.of(new StoreUnavailable(String.valueOf(error.getMessage()), failure));
      }
      cause = cause.getCause();
    }
    return Optional.empty();
  }

  private static boolean isOne(SQLException error) {
    return error instanceof SQLTransientException // no connection came free in time
        || isBusy(error)
        || is(error, SQLiteErrorCode.SQLITE_FULL)
        || isBroken(error);
  }

  /** Somebody else has the store's lock. */
  static boolean isBusy(SQLException error) {
    return is(error, SQLiteErrorCode.SQLITE_BUSY) || is(error, SQLiteErrorCode.SQLITE_LOCKED);
  }

  /** The file does not do what it should; a connection that has seen this is not used again. */
  static boolean isBroken(SQLException error) {
    return is(error, SQLiteErrorCode.SQLITE_IOERR)
        || is(error, SQLiteErrorCode.SQLITE_CANTOPEN)
        || is(error, SQLiteErrorCode.SQLITE_PROTOCOL)
        || is(error, SQLiteErrorCode.SQLITE_NOMEM);
  }

  private static boolean is(SQLException error, SQLiteErrorCode kind) {
    return (error.getErrorCode() & KIND) == kind.code;
  }
}
