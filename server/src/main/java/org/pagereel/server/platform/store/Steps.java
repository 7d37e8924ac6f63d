package org.pagereel.server.platform.store;

import java.util.function.ToIntFunction;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;

/**
 * Deletes much in many small transactions: whoever else wants to write comes between two of them.
 */
public final class Steps {
  /** The number of rows that are deleted in one transaction. */
  public static final int MOST = 500;

  private Steps() {}

  /**
   * Repeats a step until it finds less than it might have done.
   *
   * @param step deletes at most {@link #MOST} rows and says how many
   */
  public static void repeat(Jdbi jdbi, ToIntFunction<Handle> step) {
    int done = MOST;
    while (done >= MOST) {
      done = jdbi.inTransaction(step::applyAsInt);
    }
  }
}
