package org.pagereel.server.core.replay;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Set;
import org.pagereel.recorder.wire.Json;
import org.pagereel.server.core.replay.ReplayFailure.Cause;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;

/** From the first to the last message that belongs to a class; chat may go on for days. */
final class ClassSpan {
  /** Messages that compare clocks. */
  private static final Set<Long> CLOCKS = Set.of(1003L, 1008L);

  private static final Duration LONGEST = Duration.ofHours(24);

  private ClassSpan() {}

  /**
   * Looks whether all are of one class.
   *
   * @throws ClassUnavailable they are of more than a day
   */
  static void check(Path messages, String subject) throws IOException, ClassUnavailable {
    long first = Long.MAX_VALUE;
    long last = Long.MIN_VALUE;
    try (BufferedReader lines = Files.newBufferedReader(messages)) {
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        long at = at(line);
        if (at > 0) {
          first = Math.min(first, at);
          last = Math.max(last, at);
        }
      }
    }
    if (last > first && last - first > LONGEST.toMillis()) {
      throw new ClassUnavailable(
          Cause.TOO_LONG,
          "The class in the group %s took longer than 24 hours, from %s to %s; every class needs a group of its own"
              .formatted(subject, Instant.ofEpochMilli(first), Instant.ofEpochMilli(last)));
    }
  }

  /** Unix ms; 0 for what is not of the class: chat, and files that are told of later. */
  private static long at(String line) {
    try {
      JsonNode message = Json.LINES.readTree(line);
      boolean ofTheClass =
          message
              .path("MsgBody")
              .valueStream()
              .map(part -> part.path("MsgContent").path("Data").asString(""))
              .anyMatch(ClassSpan::isOfTheClass);
      long seconds = message.path("MsgTimeStamp").asLong(0);
      return ofTheClass ? message.path("MsgTimeMillis").asLong(seconds * 1000) : 0;
    } catch (JacksonException e) {
      return 0; // the recorder will say what is wrong with it
    }
  }

  private static boolean isOfTheClass(String data) {
    if (!data.startsWith("{")) {
      return false;
    }
    try {
      JsonNode object = Json.LINES.readTree(data);
      return object.path("value").path("actions").isArray()
          || CLOCKS.contains(object.path("type").asLong(0));
    } catch (JacksonException e) {
      return false;
    }
  }
}
