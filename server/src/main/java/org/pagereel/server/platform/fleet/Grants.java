package org.pagereel.server.platform.fleet;

import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.stream.Collectors;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;

/** The table of what one node does for all, and until when. */
final class Grants {
  private final String node;
  private volatile Map<String, Grant> known = Map.of();

  private record Grant(String task, String node, Instant until) {}

  /** As this node sees it. */
  Grants(String node) {
    this.node = node;
  }

  /** Reads all; most questions are answered from this. */
  void read(Handle handle) {
    known =
        handle
            .createQuery("SELECT task, node, ends_at FROM grants")
            .map((row, context) ->
                new Grant(
                    row.getString("task"),
                    row.getString("node"),
                    Instant.ofEpochMilli(row.getLong("ends_at"))))
            .stream()
            .collect(Collectors.toUnmodifiableMap(Grant::task, grant -> grant));
  }

  /** Whether another node has it for longer than now. */
  boolean isAnothers(String task, Instant now) {
    Grant grant = known.get(task);
    return grant != null && !grant.node().equals(node) && grant.until().isAfter(now);
  }

  /** Whether this node has it for so long, at least. */
  boolean isOurs(String task, Instant until) {
    Grant grant = known.get(task);
    return grant != null && grant.node().equals(node) && grant.until().isAfter(until);
  }

  /** Takes it, or keeps it, unless another node has it. */
  boolean take(Jdbi jdbi, String task, Instant now, Duration length) {
    return jdbi.inTransaction(handle -> {
      boolean taken =
          handle
                  .createUpdate(
                      "INSERT INTO grants (task, node, ends_at) VALUES (:task, :node, :until) ON"
                          + " CONFLICT (task) DO UPDATE SET node = :node, ends_at = :until WHERE"
                          + " grants.node = :node OR grants.ends_at <= :now")
                  .bind("task", task)
                  .bind("node", node)
                  .bind("until", now.plus(length).toEpochMilli())
                  .bind("now", now.toEpochMilli())
                  .execute()
              == 1;
      read(handle);
      return taken;
    });
  }

  /** What a node has done is another's turn now. */
  static void free(Handle handle, String node) {
    handle
        .createUpdate("UPDATE grants SET ends_at = 0 WHERE node = :node")
        .bind("node", node)
        .execute();
  }
}
