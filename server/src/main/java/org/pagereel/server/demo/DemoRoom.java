package org.pagereel.server.demo;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What was said in one room, numbered, and the ink on its board. Both are bounded: the oldest goes.
 */
final class DemoRoom {
  private static final int MOST_MESSAGES = 2000;
  private static final int MOST_PIECES = 5000;

  /** Characters of each of the two; they also bound what 200 rooms can take of the memory. */
  private static final int LARGEST = 512 * 1024;

  private final Said messages = new Said(MOST_MESSAGES, LARGEST);
  private final Said board = new Said(MOST_PIECES, LARGEST);

  // A room that is made again after a restart goes on above its old numbers, so that members who
  // stayed and ask for what came after the last one they know do not wait for ever.
  private long last = System.currentTimeMillis();
  private long used = System.nanoTime();
  private int waiting;
  private boolean closed;

  /** A message as it is delivered, with its number in it. */
  private record Message(long number, String from, @Nullable String to, String text) {
    boolean isFor(String user) {
      return to == null || to.equals(user);
    }
  }

  /** The board as of a number: ink with a higher one is not on it yet. */
  record Board(long number, List<String> pieces) {}

  /**
   * Adds a message and wakes who waits for it.
   *
   * @param to null for all
   * @param type of which {@code ink} stays on the board, until {@code clear}
   * @param json an object
   * @return its number
   */
  synchronized long post(String from, @Nullable String to, String type, String json) {
    touch();
    last++;
    String numbered = "{\"number\":" + last + "," + json.substring(1);
    Message message = new Message(last, from, to, numbered);
    messages.add(message);
    switch (type) {
      case "ink" -> board.add(message);
      case "clear" -> board.clear();
      default -> {}
    }
    notifyAll();
    return last;
  }

  /** What the user should hear that came after a number; empty when nothing came in time. */
  synchronized List<String> after(long number, String user, Duration patience)
      throws InterruptedException {
    long deadline = System.nanoTime() + patience.toNanos();
    waiting++;
    try {
      while (true) {
        List<String> found = messages.after(number, user);
        long left = (deadline - System.nanoTime()) / 1_000_000;
        if (!found.isEmpty() || left <= 0 || closed) {
          return found;
        }
        wait(left);
      }
    } finally {
      waiting--;
      touch();
    }
  }

  synchronized Board board() {
    touch();
    return new Board(last, board.all());
  }

  /** For how long nobody has said or asked anything here. */
  synchronized Duration idle() {
    return waiting > 0 ? Duration.ZERO : Duration.ofNanos(System.nanoTime() - used);
  }

  /** Sends home who waits. */
  synchronized void close() {
    closed = true;
    notifyAll();
  }

  private void touch() {
    used = System.nanoTime();
  }

  /** Messages, the oldest of which go when they are too many or too long. */
  private static final class Said {
    private final int most;
    private final int largest;
    private final Deque<Message> messages = new ArrayDeque<>();
    private int size;

    Said(int most, int largest) {
      this.most = most;
      this.largest = largest;
    }

    void add(Message message) {
      messages.add(message);
      size += message.text().length();
      while (messages.size() > most || size > largest) {
        size -= messages.remove().text().length();
      }
    }

    void clear() {
      messages.clear();
      size = 0;
    }

    List<String> after(long number, String user) {
      return messages.stream()
          .filter(message -> message.number() > number && message.isFor(user))
          .map(Message::text)
          .toList();
    }

    List<String> all() {
      return messages.stream().map(Message::text).toList();
    }
  }
}
