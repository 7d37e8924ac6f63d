package org.pagereel.server.platform.fleet;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.pagereel.server.platform.store.RowLocks;

/** The table of nodes. */
final class NodeStore {
  private NodeStore() {}

  /** A node and the data folder that its process has locked. */
  record Place(Node node, String folder) {}

  static Optional<Place> find(Handle handle, String name) {
    return handle
        .createQuery("SELECT * FROM nodes WHERE name = :name" + RowLocks.all(handle))
        .bind("name", name)
        .map((row, context) -> new Place(read(row), row.getString("folder")))
        .findOne();
  }

  static List<Node> all(Handle handle) {
    return handle
        .createQuery("SELECT * FROM nodes ORDER BY name")
        .map((row, context) -> read(row))
        .list();
  }

  static List<Node> named(Handle handle, List<String> names) {
    return names.isEmpty()
        ? List.of()
        : handle
            .createQuery("SELECT * FROM nodes WHERE name IN (<names>)")
            .bindList("names", names)
            .map((row, context) -> read(row))
            .list();
  }

  /** False when somebody else took the name at the same time. */
  static boolean insert(Handle handle, Node node, String folder) {
    return write(
            handle,
            node,
            folder,
            "INSERT INTO nodes (name, incarnation, beat, state, address, version, folder, recordings,"
                + " room, warm) VALUES (:name, :incarnation, :beat, :state, :address, :version,"
                + " :folder, :recordings, :room, :warm) ON CONFLICT DO NOTHING")
        == 1;
  }

  /** A process takes the name of one that has ended. */
  static void replace(Handle handle, Node node, String folder) {
    write(
        handle,
        node,
        folder,
        "UPDATE nodes SET incarnation = :incarnation, beat = :beat, state = :state, address ="
            + " :address, version = :version, folder = :folder, recordings = :recordings, room ="
            + " :room, warm = :warm WHERE name = :name");
  }

  private static int write(Handle handle, Node node, String folder, String sql) {
    return handle
        .createUpdate(sql)
        .bind("name", node.name())
        .bind("incarnation", node.incarnation())
        .bind("beat", node.beat())
        .bind("state", node.state().name())
        .bind("address", node.address())
        .bind("version", node.version())
        .bind("folder", folder)
        .bind("recordings", node.load().recordings())
        .bind("room", node.load().room())
        .bind("warm", node.load().warm())
        .execute();
  }

  /**
   * A heartbeat.
   *
   * @return false if another process has the name now
   */
  static boolean beat(
      Handle handle, String name, String incarnation, NodeState state, NodeLoad load) {
    return handle
            .createUpdate(
                "UPDATE nodes SET beat = beat + 1, state = :state, recordings = :recordings, room ="
                    + " :room, warm = :warm WHERE name = :name AND incarnation = :incarnation")
            .bind("name", name)
            .bind("incarnation", incarnation)
            .bind("state", state.name())
            .bind("recordings", load.recordings())
            .bind("room", load.room())
            .bind("warm", load.warm())
            .execute()
        == 1;
  }

  /** Declares a node lost; false if it has given a sign of life since it was seen so. */
  static boolean lose(Handle handle, Node seen) {
    return handle
            .createUpdate(
                "UPDATE nodes SET state = 'LOST', recordings = 0, room = 0, warm = 0 WHERE name ="
                    + " :name AND incarnation = :incarnation AND beat = :beat AND state IN ('UP',"
                    + " 'DRAINING')")
            .bind("name", seen.name())
            .bind("incarnation", seen.incarnation())
            .bind("beat", seen.beat())
            .execute()
        == 1;
  }

  private static Node read(ResultSet row) throws SQLException {
    return new Node(
        row.getString("name"),
        row.getString("incarnation"),
        row.getLong("beat"),
        NodeState.valueOf(row.getString("state")),
        row.getString("address"),
        row.getString("version"),
        new NodeLoad(row.getInt("recordings"), row.getDouble("room"), row.getInt("warm")));
  }
}
