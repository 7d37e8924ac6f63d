package org.pagereel.recorder.folder;

import java.util.Optional;
import tools.jackson.databind.JsonNode;

/**
 * A message by which somebody acted on the board, as boards send it (docs/BOARD_MESSAGES.md, "A
 * board's own message").
 *
 * @param user who did it
 * @param clockMillis its time on this user's clock in milliseconds; 0 if it does not say
 * @param actions a list
 */
public record BoardMessage(String user, long clockMillis, String board, JsonNode actions) {
  private static final int LONGEST_NAME = 255;

  /**
   * Reads one; empty when it is something else.
   *
   * @param sender the user who sent it
   */
  public static Optional<BoardMessage> of(String sender, JsonNode message) {
    JsonNode value = message.path("value");
    if (!value.path("actions").isArray()) {
      return Optional.empty();
    }
    return Optional.of(
        new BoardMessage(
            name(value.path("operator").asString(sender), sender),
            Millis.of(message.path("timestamp")).orElse(0),
            name(
                value.path("boardId").asString(ClassEvent.DEFAULT_BOARD), ClassEvent.DEFAULT_BOARD),
            value.path("actions")));
  }

  private static String name(String given, String otherwise) {
    return given.isEmpty() || given.length() > LONGEST_NAME ? otherwise : given;
  }
}
