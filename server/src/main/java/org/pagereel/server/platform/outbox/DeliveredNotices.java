package org.pagereel.server.platform.outbox;

import org.pagereel.server.platform.store.OldRows;
import org.pagereel.server.platform.store.Tidy;

/** The notices that were delivered, or given up, and that nobody needs any more. */
public final class DeliveredNotices {
  private DeliveredNotices() {}

  public static Tidy tidy() {
    return new OldRows(
        OldRows.WEEK,
        "DELETE FROM outbox WHERE number IN (SELECT number FROM outbox WHERE done_at <"
            + " :before LIMIT :most)");
  }
}
