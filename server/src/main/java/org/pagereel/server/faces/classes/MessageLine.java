package org.pagereel.server.faces.classes;

import java.io.IOException;
import java.util.Optional;
import org.pagereel.recorder.wire.Json;
import org.pagereel.server.faces.im.Body;
import org.pagereel.server.faces.im.GroupMessage;
import org.pagereel.server.faces.im.PulledMessage;
import org.pagereel.server.platform.http.JsonInteger;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * A message as a line of {@code messages.jsonl}. A video's address in it is one of the web, or the
 * name of a file beside it: members of a class send such messages, too, and must not make a replay
 * read what is not theirs.
 */
final class MessageLine {
  private static final String REFUSED = "refused:";

  /** Brings an upload's file to the line; empty if there is no such upload. */
  interface Files {
    Optional<String> name(String uploadId) throws IOException;
  }

  private final Files files;

  MessageLine(Files files) {
    this.files = files;
  }

  String of(GroupMessage message) throws IOException {
    return line(
            message.sender(),
            Body.EXACT.readTree(message.body()),
            message.random(),
            message.seq(),
            message.at().getEpochSecond())
        .put("MsgTimeMillis", message.at().toEpochMilli())
        .toString();
  }

  String of(PulledMessage message) throws IOException {
    return line(
            message.sender(),
            message.body(),
            message.random(),
            message.seq(),
            message.at().getEpochSecond())
        .toString();
  }

  private ObjectNode line(String sender, JsonNode body, long random, long seq, long seconds)
      throws IOException {
    for (JsonNode element : body.values()) {
      if (element.path("MsgContent") instanceof ObjectNode content) {
        check(content);
      }
    }
    ObjectNode line =
        Json.LINES.createObjectNode().put("From_Account", sender).put("IsPlaceMsg", 0);
    line.set("MsgBody", body);
    return line.put("MsgRandom", random).put("MsgSeq", seq).put("MsgTimeStamp", seconds);
  }

  private void check(ObjectNode content) throws IOException {
    String data = content.path("Data").asString("");
    if (data.stripLeading().startsWith("{")
        && read(data) instanceof ObjectNode message
        && type(message) == ClassPost.VIDEO
        && message.path("value") instanceof ObjectNode value) {
      String url = value.path("video_url").asString("");
      String checked = checked(url);
      if (!checked.equals(url)) {
        value.put("video_url", checked);
        content.put("Data", message.toString());
      }
    }
  }

  /** Also where it is a text, as a replay reads it, too. */
  private static long type(ObjectNode message) {
    JsonNode type = message.path("type");
    return JsonInteger.of(type).orElseGet(() -> type.isString() ? type.asLong(0) : 0);
  }

  private String checked(String url) throws IOException {
    if (url.matches("(?is)https?://.*") || url.isEmpty()) {
      return url;
    }
    if (url.matches(Video.UPLOAD + "[0-9a-f]{32}")) {
      return files.name(url.substring(Video.UPLOAD.length())).orElse(url);
    }
    return REFUSED + url;
  }

  private static JsonNode read(String data) {
    try {
      return Body.EXACT.readTree(data);
    } catch (JacksonException e) {
      return Json.LINES.missingNode(); // no message of the class protocol
    }
  }
}
