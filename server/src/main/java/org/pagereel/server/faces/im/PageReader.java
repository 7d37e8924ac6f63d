package org.pagereel.server.faces.im;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.pagereel.server.faces.im.HistoryFailure.Cure;
import org.pagereel.server.platform.http.JsonInteger;
import tools.jackson.databind.JsonNode;

/** Makes a page of an answer: in order, nothing twice, what is missing named. */
final class PageReader {
  private static final long LATEST_SECOND = 1L << 40;

  private final List<PulledMessage> messages = new ArrayList<>();
  private final List<SeqRange> holes = new ArrayList<>();

  private PageReader() {}

  /**
   * Reads an answer.
   *
   * @param before only smaller numbers are wanted; null for whatever there is
   * @return empty if there was nothing at all, from the beginning
   * @throws HistoryFailure the server goes round in circles, or says what is no message
   */
  static Optional<PulledPage> read(JsonNode list, @Nullable Long before) {
    Map<Long, JsonNode> wanted = wanted(list, before);
    if (wanted.isEmpty() && !list.isEmpty()) {
      throw new HistoryFailure(
          Cure.NONE,
          "The server answers with messages that are not older than "
              + before
              + ", again and again");
    }
    if (wanted.isEmpty() && before == null) {
      return Optional.empty();
    }
    PageReader page = new PageReader();
    long next = before == null ? wanted.keySet().iterator().next() : before - 1;
    for (Map.Entry<Long, JsonNode> one : wanted.entrySet()) {
      page.missing(one.getKey() + 1, next);
      page.add(one.getKey(), one.getValue());
      next = one.getKey() - 1;
    }
    if (wanted.isEmpty()) {
      // The server has nothing older: that is how histories end whose first messages are gone.
      page.missing(1, next);
      next = 0;
    }
    return Optional.of(new PulledPage(page.messages, page.holes, next + 1));
  }

  private static Map<Long, JsonNode> wanted(JsonNode list, @Nullable Long before) {
    Map<Long, JsonNode> wanted = new TreeMap<>(Comparator.reverseOrder());
    for (JsonNode one : list.values()) {
      long seq = number(one, "MsgSeq", 0);
      if (seq < 1 || seq == Long.MAX_VALUE) {
        throw new HistoryFailure(
            Cure.REPEAT, "A message of the history has no proper MsgSeq: " + one.path("MsgSeq"));
      }
      if (before == null || seq < before) {
        wanted.putIfAbsent(seq, one);
      }
    }
    return wanted;
  }

  /** A message without a proper body is a hole: it must not hold up all older ones. */
  private void add(long seq, JsonNode one) {
    JsonNode body = one.path("MsgBody");
    // 1: deleted, expired or never stored; 2: recalled.
    if (number(one, "IsPlaceMsg", 1) != 0 || !body.isArray() || body.isEmpty()) {
      missing(seq, seq);
      return;
    }
    messages.add(
        new PulledMessage(
            seq,
            one.path("From_Account").asString(""),
            number(one, "MsgRandom", 0),
            Instant.ofEpochSecond(Math.clamp(number(one, "MsgTimeStamp", 0), 0, LATEST_SECOND)),
            body));
  }

  private void missing(long from, long to) {
    if (from > to) {
      return;
    }
    if (!holes.isEmpty() && holes.getLast().from() == to + 1) {
      holes.set(holes.size() - 1, new SeqRange(from, holes.getLast().to()));
    } else {
      holes.add(new SeqRange(from, to));
    }
  }

  private static long number(JsonNode one, String name, long otherwise) {
    JsonNode node = one.path(name);
    return node.isMissingNode() ? 0 : JsonInteger.of(node).orElse(otherwise);
  }
}
