package org.pagereel.server.faces.demo;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.pagereel.server.platform.http.ApiError;

/**
 * What was said in one room, numbered, and the ink on its board. Both are bounded: the oldest goes.
 */
final class DemoRoom {
  private static final int MAX_MESSAGES = 2000;
  private static final int MAX_PIECES = 5000;

  /** Whoever sent or asked something within {@link #MEMBER_FOR}. */
  private static final int MAX_MEMBERS = 100;

  private static final Duration MEMBER_FOR = Duration.ofMinutes(10);
  private static final int MAX_WAITING = 200;

  /** A page that was loaded again may wait beside what is left of itself. */
  private static final int MAX_WAITING_OF_ONE = 4;

  /** Characters of each of the two; they also bound what 200 rooms can take of the memory. */
  private static final int LARGEST = 512 * 1024;

  private final Said messages = new Said(MAX_MESSAGES, LARGEST);
  private final Said board = new Said(MAX_PIECES, LARGEST);

  // A room that is made again after a restart goes on above its old numbers, so that members who
  // stayed and ask for what came after the last one they know do not wait for ever.
  private long last = System.currentTimeMillis();
  private long used = System.nanoTime();
  private final Map<String, Long> members = new LinkedHashMap<>(16, 0.75f, true);
  private final Map<String, Integer> waiting = new HashMap<>();
  private volatile int size;
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
   * @throws ApiError 503: there are too many members
   */
  synchronized long post(String from, @Nullable String to, String type, String json) {
    touch();
    member(from);
    last++;
    String numbered = "{\"number\":" + last + "," + json.substring(1);
    Message message = new Message(last, from, to, numbered);
    messages.add(message);
    switch (type) {
      case "ink" -> board.add(message);
      case "clear" -> board.clear();
      default -> {}
    }
    size = messages.size() + board.size();
    notifyAll();
    return last;
  }

  /**
   * What the user should hear that came after a number; empty when nothing came in time.
   *
   * @throws ApiError 429: too many wait already; 503: there are too many members
   */
  synchronized List<String> after(long number, String user, Duration patience)
      throws InterruptedException {
    long deadline = System.nanoTime() + patience.toNanos();
    member(user);
    if (waiting.values().stream().mapToInt(Integer::intValue).sum() >= MAX_WAITING
        || waiting.getOrDefault(user, 0) >= MAX_WAITING_OF_ONE) {
      throw new ApiError(429, 429, "Too many requests wait for messages of this room already");
    }
    waiting.merge(user, 1, Integer::sum);
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
      waiting.computeIfPresent(user, (name, count) -> count == 1 ? null : count - 1);
      touch();
    }
  }

  synchronized Board board() {
    touch();
    return new Board(last, board.all());
  }

  /** For how long nobody has said or asked anything here. */
  synchronized Duration idle() {
    return !waiting.isEmpty() ? Duration.ZERO : Duration.ofNanos(System.nanoTime() - used);
  }

  /** Sends home who waits. */
  synchronized void close() {
    closed = true;
    notifyAll();
  }

  /** Characters that the room keeps. */
  int size() {
    return size;
  }

  private void member(String user) {
    long now = System.nanoTime();
    if (!members.containsKey(user)) {
      members.values().removeIf(seen -> now - seen > MEMBER_FOR.toNanos());
      if (members.size() >= MAX_MEMBERS) {
        throw new ApiError(503, 503, "There are " + MAX_MEMBERS + " members in this room already");
      }
    }
    members.put(user, now);
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

    int size() {
      return size;
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
