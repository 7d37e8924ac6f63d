package org.pagereel.recorder.replay;

import java.util.Optional;
import java.util.OptionalLong;
import org.pagereel.recorder.wire.Json;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * What somebody did on the board (docs/BOARD_MESSAGES.md).
 *
 * @param operator the user who did it
 * @param timestamp its time on the operator's clock in milliseconds
 */
record BoardMessage(String operator, long timestamp, String board, JsonNode actions) {
  static final String DEFAULT_BOARD = "#DEFAULT";

  /** A client sends what it could not send at once when it is back; not later than this. */
  private static final long MAX_LATE_MILLIS = 15 * 60_000;

  /** Clocks that were compared once are a little apart later. */
  private static final long MAX_EARLY_MILLIS = 1_000;

  private static final int LONGEST_NAME = 255;

  /** Empty when it is something else. */
  static Optional<BoardMessage> of(String from, JsonNode data) {
    JsonNode value = data.path("value");
    if (!value.path("actions").isArray()) {
      return Optional.empty();
    }
    return Optional.of(
        new BoardMessage(
            name(value.path("operator").asString(from), from),
            Millis.of(data.path("timestamp")).orElse(0),
            name(value.path("boardId").asString(DEFAULT_BOARD), DEFAULT_BOARD),
            value.path("actions")));
  }

  private static String name(String given, String otherwise) {
    return given.isEmpty() || given.length() > LONGEST_NAME ? otherwise : given;
  }

  /**
   * Unix milliseconds of it: by the operator's clock where that is known and what it says can be,
   * else when the server had the message.
   */
  long wall(ClassMessage message, SenderClocks clocks) {
    OptionalLong mapped = clocks.wall(operator, message.seq(), timestamp);
    long own = mapped.orElse(timestamp);
    long sent = message.sentMillis();
    boolean canBe =
        own >= sent - MAX_LATE_MILLIS && own <= sent + message.grainMillis() + MAX_EARLY_MILLIS;
    // Nobody else knows better.
    boolean isAlone = sent == 0 && (mapped.isPresent() || timestamp > 1_000_000_000_000L);
    return isAlone || canBe ? own : sent;
  }

  /** A line of the script. */
  ObjectNode script(long seq, long atMillis) {
    ObjectNode line =
        Json.LINES
            .createObjectNode()
            .put("at", atMillis)
            .put("from", operator)
            .put("seq", seq)
            .put("board", board);
    line.set("actions", actions);
    return line;
  }
}
