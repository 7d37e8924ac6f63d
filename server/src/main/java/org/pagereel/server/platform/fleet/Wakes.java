package org.pagereel.server.platform.fleet;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jdbi.v3.core.Handle;
import org.postgresql.PGConnection;
import org.postgresql.PGNotification;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tells other nodes that a row says something new for them. They look at their rows every few
 * seconds in any case, so a word that is lost costs a moment and nothing else. It is sent with the
 * transaction that changes the row: for orders of clients only, because PostgreSQL takes a lock of
 * the whole server for it.
 */
public final class Wakes implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Wakes.class);
  private static final String ALL = "pagereel";
  private static final Duration LISTEN = Duration.ofSeconds(10);
  private static final Duration AGAIN = Duration.ofSeconds(2);

  /** Opens a connection of its own; a pooler's would be another one each time. */
  public interface Opener {
    Connection open() throws SQLException;
  }

  private final String node;
  private final Opener opener;
  private final Consumer<String> woken;
  private final Thread thread = Thread.ofPlatform().daemon().name("wakes").unstarted(this::run);
  private final CountDownLatch ended = new CountDownLatch(1);
  private volatile boolean closed;

  /**
   * Hears nothing before {@link #open}.
   *
   * @param node this one's name
   * @param woken gets what was sent to it or to all, by whichever node
   */
  public Wakes(String node, Opener opener, Consumer<String> woken) {
    this.node = node;
    this.opener = opener;
    this.woken = woken;
  }

  public void open() {
    thread.start();
  }

  /** Sends a word to one node when the transaction is stored: the others are not woken. */
  public static void send(Handle handle, String node, String word) {
    notify(handle, channel(node), word);
  }

  /** Sends a word to all nodes when the transaction is stored. */
  public static void sendAll(Handle handle, String word) {
    notify(handle, ALL, word);
  }

  /** Two nodes may have the same one: whoever gets a word looks whom it is for. */
  private static String channel(String node) {
    return ALL + "_" + Integer.toHexString(node.hashCode());
  }

  private static void notify(Handle handle, String channel, String word) {
    handle
        .createQuery("SELECT 1 FROM pg_notify(:channel, :word)")
        .bind("channel", channel)
        .bind("word", word)
        .mapTo(Integer.class)
        .one();
  }

  private void run() {
    while (!closed) {
      try (Connection connection = opener.open()) {
        listen(connection);
      } catch (SQLException e) {
        LOG.debug("No words from other nodes", e); // the store's health says it
        pause();
      }
    }
  }

  private void listen(Connection connection) throws SQLException {
    execute(connection, "LISTEN " + ALL);
    execute(connection, "LISTEN " + channel(node));
    PGConnection postgres = connection.unwrap(PGConnection.class);
    while (!closed) {
      PGNotification[] words = postgres.getNotifications((int) LISTEN.toMillis());
      if (words == null || words.length == 0) {
        execute(connection, "SELECT 1"); // a connection that is cut off says nothing, either
      } else {
        for (PGNotification word : words) {
          wake(word.getParameter());
        }
      }
    }
  }

  private void wake(String word) {
    try {
      woken.accept(word);
    } catch (RuntimeException e) {
      LOG.warn("Woken by {}", word, e);
    }
  }

  private static void execute(Connection connection, String sql) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }

  private void pause() {
    try {
      var _ = ended.await(AGAIN.toMillis(), TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      closed = true;
    }
  }

  @Override
  public void close() {
    closed = true;
    ended.countDown();
    thread.interrupt();
  }
}
