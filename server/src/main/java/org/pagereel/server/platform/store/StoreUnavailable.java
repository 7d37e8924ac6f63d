package org.pagereel.server.platform.store;

import java.sql.SQLException;
import java.sql.SQLTransientException;
import java.time.Duration;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.postgresql.util.PSQLException;
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

  private static final int DEEP = 20;

  /** PostgreSQL's class of transactions that have to be done again. */
  private static final String COLLISION = "40";

  /** PostgreSQL's classes: the connection, resources, who is shutting down, its system. */
  private static final Set<String> POSTGRES_KINDS = Set.of("08", "53", "58", COLLISION);

  /** A lock that did not come, too long, ended by an administrator, crashed, starting, standby. */
  private static final Set<String> POSTGRES =
      Set.of("55P03", "57014", "57P01", "57P02", "57P03", "57P05", "25006", "25P03");

  public StoreUnavailable(String message) {
    super(message, null, false, false);
  }

  StoreUnavailable(String message, Throwable cause) {
    super(message, cause);
  }

  /** The failure of the store, if this is one, whatever it is wrapped in. */
  public static Optional<StoreUnavailable> in(Throwable failure) {
    return causes(failure).flatMap(cause -> one(cause, failure).stream()).findFirst();
  }

  private static Optional<StoreUnavailable> one(Throwable cause, Throwable failure) {
    if (cause instanceof StoreUnavailable unavailable) {
      return Optional.of(unavailable);
    }
    return cause instanceof SQLException error && isOne(error)
        ? Optional.of(new StoreUnavailable(String.valueOf(error.getMessage()), failure))
        : Optional.empty();
  }

  private static Stream<Throwable> causes(Throwable failure) {
    return Stream.iterate(failure, Objects::nonNull, Throwable::getCause).limit(DEEP);
  }

  private static boolean isOne(SQLException error) {
    return error instanceof SQLTransientException // no connection came free in time
        || isBusy(error)
        || is(error, SQLiteErrorCode.SQLITE_FULL)
        || isBroken(error)
        || isPostgres(error);
  }

  private static boolean isPostgres(SQLException error) {
    String state = error.getSQLState();
    return error instanceof PSQLException
        && state != null
        && (POSTGRES.contains(state) || POSTGRES_KINDS.contains(state.substring(0, 2)));
  }

  /** Two transactions wanted the same in another order: done again, it works. */
  static boolean isCollision(Throwable failure) {
    return causes(failure)
        .anyMatch(cause ->
            cause instanceof PSQLException error
                && String.valueOf(error.getSQLState()).startsWith(COLLISION));
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
