package org.pagereel.server.faces.classes;

import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.Instant;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.pagereel.recorder.wire.Json;
import org.pagereel.server.faces.im.Body;
import org.pagereel.server.faces.im.GroupId;
import org.pagereel.server.faces.im.ImCode;
import org.pagereel.server.faces.im.ImError;
import org.pagereel.server.platform.http.Digest;

/**
 * A callback of the live recording: one file has begun (event 1) or is ready (event 100).
 *
 * @param query of the address that was called, which the customer made
 */
record VideoCallback(Map<String, String> query, Body body) {
  private static final int LONGEST = 2000;
  private static final BigDecimal MILLION = BigDecimal.valueOf(1_000_000);

  int event() {
    return (int) body.requiredNumber("event_type", 0, 1_000_000);
  }

  /** The number of the app as far as anything tells it; else empty. */
  String app() {
    return Stream.of(
            query.getOrDefault("sdkappid", ""), parameters().app(), new StreamName(stream()).app())
        .filter(app -> !app.isEmpty())
        .findFirst()
        .orElse("");
  }

  /**
   * Believes it or not.
   *
   * @throws ImError 60005, 70001, 70009
   */
  void checkSign(String key, Instant now) {
    String sign = body.text("sign", LONGEST).orElse("");
    if (sign.isEmpty()) {
      throw ImCode.NO_USER_SIG.error("sign is absent; allowed: md5 of the app's callbackKey and t");
    }
    // As it is written: that is what was hashed.
    String time = body.field("t").asString("");
    if (!time.matches("\\d{1,15}")) {
      throw body.wrong("t", "Unix seconds, when the sign expires");
    }
    byte[] expected = Digest.hex("MD5", key + time).getBytes(StandardCharsets.UTF_8);
    byte[] given = sign.toLowerCase(Locale.ROOT).getBytes(StandardCharsets.UTF_8);
    if (!MessageDigest.isEqual(expected, given)) {
      throw ImCode.SIG_FORGED.error("sign was not made with the app's callbackKey and t");
    }
    if (Long.parseLong(time) < now.getEpochSecond()) {
      throw ImCode.SIG_EXPIRED.error(
          "t is " + time + ", past: the sign has expired; allowed: Unix seconds that are to come");
    }
  }

  /** The stream's name; whose it is where it has none. */
  String streamOf(StreamOwner whose) {
    return stream().isEmpty() ? whose.user() : stream();
  }

  /**
   * Finds out whose stream it is: by the query, else by {@code stream_param}, else by the stream's
   * name.
   *
   * @param isGroup whether there is a group with this id
   * @throws ImError 10004, 10010
   */
  StreamOwner whose(Predicate<String> isGroup) {
    StreamOwner found =
        readings().filter(one -> isGroup.test(one.group())).findFirst().orElseThrow(this::noGroup);
    String user =
        Stream.of(query.getOrDefault("uid", ""), found.user(), parameters().user(), userOf(found))
            .filter(name -> !name.isEmpty())
            .findFirst()
            .orElse("");
    Body uid = Body.of(Json.LINES.createObjectNode().put("uid", user));
    return new StreamOwner(found.group(), VideoFields.user(uid, "uid"));
  }

  private Stream<StreamOwner> readings() {
    if (query.getOrDefault("groupid", "").isEmpty()) {
      return Stream.concat(
          parameters().readings().stream(), new StreamName(stream()).readings().stream());
    }
    Body given = Body.of(Json.LINES.createObjectNode().put("groupid", query.get("groupid")));
    return Stream.of(new StreamOwner(GroupId.of(given, "groupid"), query.getOrDefault("uid", "")));
  }

  private String userOf(StreamOwner found) {
    return new StreamName(stream())
        .readings().stream()
            .filter(one -> one.group().equals(found.group()))
            .map(StreamOwner::user)
            .findFirst()
            .orElse("");
  }

  private ImError noGroup() {
    String asked = query.getOrDefault("groupid", "");
    if (!asked.isEmpty()) {
      return ImCode.NO_GROUP.error(
          "groupid is " + asked + "; allowed: a group whose messages are still kept");
    }
    return ImCode.NO_GROUP.error(
        body.wrong(
                stream().isEmpty() ? "stream_param" : "stream_id",
                "{sdkappid}_{room}_{user}_main or _aux with the room of a group, groupid and userid in"
                    + " stream_param, or groupid and uid in the query; of a group whose messages are"
                    + " still kept")
            .message());
  }

  Kind kind() {
    return new StreamName(stream()).kind();
  }

  /** The begin of the file; for an event 1 a text that tells it from others of the stream. */
  BigDecimal start() {
    if (event() == ClassTables.START && !body.has("start_time")) {
      return Numbers.of(body, "event_time").orElseGet(() -> Numbers.required(body, "t"));
    }
    return withMicros("start_time").orElseThrow(() -> body.wrong("start_time", "Unix seconds"));
  }

  /** The file's own id. */
  @Nullable String fileId() {
    return VideoFields.id(body, "video_id").or(() -> VideoFields.id(body, "file_id")).orElse(null);
  }

  /**
   * The file of an event 100.
   *
   * @throws ImError 10004
   */
  Video video(StreamOwner whose) {
    BigDecimal start = start();
    @Nullable String id = fileId();
    return new Video(
        whose.user(),
        kind(),
        start,
        withMicros("end_time").orElse(null),
        Numbers.of(body, "media_start_time").orElse(null),
        Numbers.of(body, "file_size").orElse(null),
        Numbers.of(body, "duration").orElse(null),
        id == null ? Video.idOf(streamOf(whose), start) : id,
        VideoFields.url(body, "video_url"));
  }

  /** Newer callbacks give the fraction of a second in a field of its own. */
  private Optional<BigDecimal> withMicros(String name) {
    Optional<BigDecimal> time = Numbers.of(body, name);
    Optional<BigDecimal> micros =
        Numbers.of(body, name + "_usec").filter(part -> part.compareTo(MILLION) < 0);
    boolean isWholeSeconds =
        time.isPresent()
            && time.get().scale() == 0
            && time.get().compareTo(BigDecimal.valueOf(UnixTime.LEAST_MILLIS)) <= 0;
    return isWholeSeconds && micros.isPresent() && micros.get().signum() > 0
        ? time.map(seconds -> seconds.add(micros.get().movePointLeft(6)).stripTrailingZeros())
        : time;
  }

  private String stream() {
    return body.text("stream_id", LONGEST)
        .filter(text -> !text.isEmpty())
        .or(() -> body.text("channel_id", LONGEST))
        .orElse("");
  }

  private StreamParameters parameters() {
    return new StreamParameters(body.text("stream_param", LONGEST).orElse(""));
  }
}
