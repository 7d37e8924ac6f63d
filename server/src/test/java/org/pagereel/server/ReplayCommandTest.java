package org.pagereel.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.pagereel.recorder.wire.Json;
import org.pagereel.server.tools.measure.Decoded;

/** A class's folder becomes a video from the command line. */
class ReplayCommandTest {
  @TempDir Path folder;

  @Test
  void theVideoGoesWhereItIsWantedAndItsDescriptionStays() throws Exception {
    Path place = Files.createDirectory(folder.resolve("class"));
    Files.writeString(place.resolve("messages.jsonl"), stroke() + "this is no JSON\n");
    Path out = folder.resolve("out.mp4");
    Cli.Result result =
        Cli.start(folder, Map.of(), "replay", place.toString(), "-o", out.toString())
            .await(Duration.ofSeconds(60));
    assertThat(result.code()).as(result.output()).isZero();
    assertThat(result.output()).contains(out.toString());
    assertThat(Decoded.complaints(out)).isEmpty();
    assertThat(Json.LINES.readTree(place.resolve("replay.json").toFile()).path("unread").toString())
        .isEqualTo("{\"line\":1}");
    assertThat(place).isDirectoryNotContaining("glob:**.mp4");
    LeftoverCheck.assertNothingLeft();
  }

  /** A message by which somebody drew a line. */
  private static String stroke() {
    long at = Instant.now().minusSeconds(600).toEpochMilli();
    String data =
        """
        {"seq":1,"timestamp":%d,"value":{"operator":"t","actions":[
        {"action":1,"seq":1,"thin":100,"x":1000,"y":1000},{"action":2,"x":9000,"y":9000},{"action":3}]}}
        """
            .formatted(at);
    var message =
        Json.LINES
            .createObjectNode()
            .put("From_Account", "t")
            .put("MsgSeq", 1)
            .put("MsgTimeStamp", at / 1000)
            .put("MsgTimeMillis", at);
    message
        .putArray("MsgBody")
        .addObject()
        .put("MsgType", "TIMCustomElem")
        .putObject("MsgContent")
        .put("Data", data)
        .put("Desc", "")
        .put("Ext", "TXWhiteBoardExt");
    return Json.LINES.writeValueAsString(message) + "\n";
  }
}
