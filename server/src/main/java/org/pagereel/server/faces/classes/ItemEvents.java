package org.pagereel.server.faces.classes;

import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import org.pagereel.recorder.folder.BoardMessage;
import org.pagereel.recorder.folder.ClassEvent;
import org.pagereel.recorder.folder.Millis;
import tools.jackson.databind.JsonNode;

/**
 * The events of a class of which a message tells (docs/vendors/tencent.md, "Class protocol",
 * "Clocks", "Board messages").
 */
final class ItemEvents {
  private static final long TIME_LINE = ClassPost.TIME_LINE;
  private static final long VIDEO = ClassPost.VIDEO;

  /** As later clients send it. */
  private static final long SYNC = 1008;

  private static final long MESSAGE_IN_FILE = 40;

  private final HistoryItem item;
  private final List<ClassEvent> events = new ArrayList<>();

  private ItemEvents(HistoryItem item) {
    this.item = item;
  }

  /** Comparisons of clocks first: they count for everything in their message. */
  static List<ClassEvent> of(HistoryItem item) {
    ItemEvents made = new ItemEvents(item);
    item.data().forEach(made::clock);
    for (JsonNode data : item.data()) {
      if (data.path("type").asLong(0) == VIDEO) {
        made.events.add(VideoMessage.event(item.seq(), data.path("value")));
      }
      made.board(data);
    }
    return made.events;
  }

  private void clock(JsonNode data) {
    long type = data.path("type").asLong(0);
    if (type == TIME_LINE) {
      String user = data.path("value").path("uid").asString(item.from());
      clock(user, data.path("timestamp"), data.path("time_line"));
    } else if (type == SYNC) {
      clock(item.from(), data.path("board_time"), data.path("time_line"));
    }
  }

  private void clock(String user, JsonNode theirs, JsonNode servers) {
    OptionalLong their = Millis.of(theirs);
    OptionalLong server = Millis.of(servers);
    if (their.isEmpty() || server.isEmpty()) {
      events.add(unread(ClassEvent.Kind.CLOCK));
      return;
    }
    // Of a user's comparisons in one message the last one counts.
    events.removeIf(event -> event instanceof ClassEvent.Clock one && one.user().equals(user));
    events.add(
        new ClassEvent.Clock(
            item.seq(), user, their.getAsLong(), server.getAsLong(), item.sentMillis()));
  }

  private void board(JsonNode data) {
    BoardMessage.of(item.from(), data)
        .map(message ->
            new ClassEvent.Board(
                item.seq(),
                message.user(),
                message.clockMillis(),
                item.sentMillis(),
                item.grainMillis(),
                message.board(),
                message.actions()))
        .ifPresent(events::add);
    if (isInFile(data)) {
      inFile(data);
    } else {
      data.path("value")
          .path("actions")
          .valueStream()
          .filter(ItemEvents::isInFile)
          .forEach(this::inFile);
    }
  }

  private static boolean isInFile(JsonNode message) {
    return message.path("action").asLong(0) == MESSAGE_IN_FILE;
  }

  private void inFile(JsonNode named) {
    events.add(
        new ClassEvent.BoardFile(
            item.seq(),
            item.from(),
            item.sentMillis(),
            item.grainMillis(),
            named.path("url").asString("")));
  }

  /** Something of the message that cannot be read. */
  private ClassEvent.Unread unread(ClassEvent.Kind kind) {
    return new ClassEvent.Unread(kind, item.seq(), null, item.sentMillis());
  }

  /** The custom elements that cannot be read. */
  static List<ClassEvent> broken(HistoryItem item) {
    ItemEvents made = new ItemEvents(item);
    for (int i = 0; i < item.broken(); i++) {
      made.events.add(made.unread(ClassEvent.Kind.DATA));
    }
    return made.events;
  }
}
