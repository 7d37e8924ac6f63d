package org.pagereel.server.core.queue;

import com.github.kagkarlsson.scheduler.jdbc.JdbcCustomization;
import com.github.kagkarlsson.scheduler.jdbc.PostgreSqlJdbcCustomization;
import com.github.kagkarlsson.scheduler.jdbc.SqliteJdbcCustomization;
import java.util.Collection;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/**
 * Has db-scheduler pick what this node has let in, and nothing else: what is due is for whichever
 * node has room for it.
 */
final class OwnPicks {
  private OwnPicks() {}

  /**
   * For one kind of database.
   *
   * @param ids the pieces that this node has let in; they are asked for with each look
   */
  static JdbcCustomization of(boolean postgres, Supplier<Collection<String>> ids) {
    return postgres
        ? new PostgreSqlJdbcCustomization(false, false) {
          @Override
          public String createSelectDueQuery(
              String table, int limit, String condition, boolean byPriority) {
            return super.createSelectDueQuery(
                table, limit, condition + only(ids.get()), byPriority);
          }
        }
        : new SqliteJdbcCustomization() {
          @Override
          public String createSelectDueQuery(
              String table, int limit, String condition, boolean byPriority) {
            return super.createSelectDueQuery(
                table, limit, condition + only(ids.get()), byPriority);
          }
        };
  }

  private static String only(Collection<String> ids) {
    return ids.stream()
        .map(id -> "'" + id.replace("'", "''") + "'")
        .collect(Collectors.joining(", ", " and task_instance in (", ids.isEmpty() ? "'')" : ")"));
  }
}
