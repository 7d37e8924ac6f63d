package org.pagereel.server.faces.demo;

import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import org.pagereel.server.platform.http.ApiError;

/** The rooms there are. One comes with its first message and goes when it is left alone. */
final class DemoRooms {
  private static final int MOST = 200;
  private static final Duration LEFT_ALONE = Duration.ofMinutes(10);

  /** Characters that all rooms keep together. */
  private static final long LARGEST = 64L * 1024 * 1024;

  private final long largest;
  private final Map<String, DemoRoom> rooms = new HashMap<>();
  private boolean closed;

  DemoRooms() {
    this(LARGEST);
  }

  DemoRooms(long largest) {
    this.largest = largest;
  }

  /**
   * The same, to say something in.
   *
   * @throws ApiError 503: there are too many already, or too much is kept in all of them
   */
  synchronized DemoRoom roomToFill(String name) {
    DemoRoom room = room(name);
    if (rooms.values().stream().mapToLong(DemoRoom::size).sum() > largest) {
      throw new ApiError(
          503, 503, "The demo rooms are full; one goes when it is idle for 10 minutes");
    }
    return room;
  }

  /**
   * The room of that name.
   *
   * @throws ApiError 503: there are too many already
   */
  synchronized DemoRoom room(String name) {
    rooms.values().removeIf(room -> room.idle().compareTo(LEFT_ALONE) > 0);
    if (rooms.size() >= MOST && !rooms.containsKey(name)) {
      throw new ApiError(
          503, 503, "There are " + MOST + " demo rooms already; one goes when idle for 10 minutes");
    }
    return rooms.computeIfAbsent(name, absent -> made());
  }

  private DemoRoom made() {
    DemoRoom room = new DemoRoom();
    if (closed) {
      room.close(); // nobody should begin to wait while the server stops
    }
    return room;
  }

  synchronized void close() {
    closed = true;
    rooms.values().forEach(DemoRoom::close);
  }
}
