package org.pagereel.server.faces.agora;

import java.time.Duration;
import java.time.Instant;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.pagereel.recorder.wire.Json;
import org.pagereel.server.platform.http.ApiError;
import org.pagereel.server.platform.http.Quote;
import tools.jackson.databind.JsonNode;

/**
 * A class room.
 *
 * @param type 0 one to one, 2 lecture, 4 small class, 10 cloud class
 * @param state 0 not started, 1 started, 2 ended, 3 closed
 * @param properties as they were given when it was created, JSON
 * @param record the property of that name; null when nothing was ever recorded
 */
record Room(
    String appId,
    String uuid,
    String region,
    String name,
    int type,
    int state,
    String properties,
    String roleConfig,
    @Nullable String record,
    @Nullable Long startTime,
    @Nullable Long endTime,
    @Nullable Long closeTime,
    long createTime) {
  static final int ENDED = 2;
  static final int CLOSED = 3;
  private static final int SMALL_CLASS = 4;
  private static final Duration CLOSE_DELAY = Duration.ofMinutes(10);
  private static final Duration DESTROYED_AFTER = Duration.ofHours(1);
  private static final Pattern UUID =
      Pattern.compile("[a-zA-Z0-9 !#$%&()+\\-:;<=.>?@\\[\\]^_{}|~,]{1,64}");

  /** A room as it is when nothing is known of it but its name. */
  static Room fresh(String appId, String uuid, String region, Instant now) {
    return fresh(appId, uuid, region, uuid, SMALL_CLASS, "{}", "{}", now);
  }

  /** A room whose class has not begun. */
  static Room fresh(
      String appId,
      String uuid,
      String region,
      String name,
      int type,
      String properties,
      String roleConfig,
      Instant now) {
    return new Room(
        appId,
        uuid,
        region,
        name,
        type,
        0,
        properties,
        roleConfig,
        null,
        null,
        null,
        null,
        now.toEpochMilli());
  }

  /** Its class was closed so long ago that the vendor would have destroyed it. */
  boolean isGone(long now) {
    return state == CLOSED && closeTime != null && now - closeTime > DESTROYED_AFTER.toMillis();
  }

  /**
   * Checks a room's or user's name (docs/vendors/agora.md, "Names").
   *
   * @throws ApiError 400
   */
  static String requireUuid(String field, String uuid) {
    if (!UUID.matcher(uuid).matches()) {
      throw ApiError.bad(
          field
              + " is '"
              + Quote.of(uuid, 64)
              + "'; allowed are 1 to 64 of a-z A-Z 0-9 space and !#$%&()+-:;<=.>?@[]^_{}|~,");
    }
    return uuid;
  }

  /** Class duration and the time users may stay, in seconds; 0 when no duration was set. */
  long scheduledSeconds() {
    long duration = schedule().path("duration").asLong(0);
    return duration == 0 ? 0 : duration + closeDelay().toSeconds();
  }

  /** The time that users may stay after the class has ended. */
  Duration closeDelay() {
    return Duration.ofSeconds(schedule().path("closeDelay").asLong(CLOSE_DELAY.toSeconds()));
  }

  private JsonNode schedule() {
    return Json.LINES.readTree(properties).path("schedule");
  }
}
