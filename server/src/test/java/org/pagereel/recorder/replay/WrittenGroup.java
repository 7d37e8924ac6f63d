package org.pagereel.recorder.replay;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.pagereel.recorder.wire.Json;
import tools.jackson.databind.node.ObjectNode;

/** A class's folder with the messages of its group, one by one. */
final class WrittenGroup {
  static final String FILE = "messages.jsonl";

  /** When its server's clock begins, Unix milliseconds. */
  static final long ZERO = 1_558_613_140_000L;

  private final Path folder;
  private final List<String> lines = new ArrayList<>();
  private long seq;

  WrittenGroup(Path folder) {
    this.folder = folder;
  }

  /** The next message has a number that is larger by so much more. */
  WrittenGroup hole(int messages) {
    seq += messages;
    return this;
  }

  /** Sends what is in these braces, at so many milliseconds from {@link #ZERO}. */
  WrittenGroup send(long at, String from, String data) {
    ObjectNode message = Json.LINES.createObjectNode();
    message.put("From_Account", from).put("IsPlaceMsg", 0);
    ObjectNode element = message.putArray("MsgBody").addObject();
    element.put("MsgType", "TIMCustomElem");
    element.putObject("MsgContent").put("Data", data).put("Desc", "").put("Ext", "");
    message.put("MsgSeq", ++seq).put("MsgTimeStamp", (ZERO + at) / 1000);
    message.put("MsgTimeMillis", ZERO + at);
    lines.add(message.toString());
    return this;
  }

  /** What a client's clock says when the server's is at so many milliseconds. */
  WrittenGroup clock(long at, String user, long theirs) {
    return send(
        at,
        "server",
        "{\"type\":1003,\"seq\":1,\"timestamp\":%d,\"time_line\":%d,\"value\":{\"uid\":\"%s\"}}"
            .formatted(theirs, ZERO + at, user));
  }

  /** Somebody draws: an action with this number, at an instant of their own clock. */
  WrittenGroup draw(long at, String user, long theirs, int action) {
    return send(
        at,
        user,
        ("{\"seq\":1,\"timestamp\":%d,\"value\":{\"boardId\":\"#DEFAULT\",\"operator\":\"%s\","
                + "\"actions\":[{\"action\":%d}]}}")
            .formatted(theirs, user, action));
  }

  /** A file, with further members of its value. */
  WrittenGroup video(long at, String user, String url, String more) {
    return send(
        at,
        "server",
        "{\"type\":1004,\"seq\":1,\"timestamp\":1,\"value\":{\"uid\":\"%s\",\"video_url\":\"%s\"%s}}"
            .formatted(user, url, more));
  }

  WrittenGroup line(String line) {
    lines.add(line);
    return this;
  }

  Path write() throws IOException {
    Files.writeString(folder.resolve(FILE), String.join("\n", lines) + "\n");
    return folder;
  }
}
