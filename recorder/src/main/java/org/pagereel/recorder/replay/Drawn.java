package org.pagereel.recorder.replay;

import java.util.OptionalLong;
import org.pagereel.recorder.folder.BoardMessage;
import org.pagereel.recorder.wire.Json;
import tools.jackson.databind.node.ObjectNode;

/**
 * What somebody did on the board, and what is known of its time.
 *
 * @param place of its event among those of the class
 * @param message its number, for people
 * @param receivedMillis when the server had it, Unix milliseconds; 0 if nobody knows
 * @param precisionMillis the precision of that
 */
record Drawn(
    long place, long message, long receivedMillis, long precisionMillis, BoardMessage what) {
  /** A client sends what it could not send at once when it is back; not later than this. */
  private static final long MAX_LATE_MILLIS = 15 * 60_000;

  /** Clocks that were compared once are a little apart later. */
  private static final long MAX_EARLY_MILLIS = 1_000;

  /**
   * Unix milliseconds of it: by the user's clock where that is known and what it says can be, else
   * when the server had the message.
   */
  long wall(SenderClocks clocks) {
    OptionalLong mapped = clocks.wall(what.user(), place, what.clockMillis());
    long own = mapped.orElse(what.clockMillis());
    boolean canBe =
        own >= receivedMillis - MAX_LATE_MILLIS
            && own <= receivedMillis + precisionMillis + MAX_EARLY_MILLIS;
    // Nobody else knows better.
    boolean isAlone =
        receivedMillis == 0 && (mapped.isPresent() || what.clockMillis() > 1_000_000_000_000L);
    return isAlone || canBe ? own : receivedMillis;
  }

  /** A line of the script. */
  ObjectNode script(long atMillis) {
    ObjectNode line =
        Json.LINES
            .createObjectNode()
            .put("at", atMillis)
            .put("from", what.user())
            .put("seq", message)
            .put("board", what.board());
    line.set("actions", what.actions());
    return line;
  }
}
