package org.pagereel.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.pagereel.recorder.folder.ClassEvent;
import org.pagereel.recorder.wire.Json;
import org.pagereel.server.tools.measure.Decoded;
import tools.jackson.databind.JsonNode;

/** A class's folder becomes a video from the command line. */
@WholeMachine
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
    assertThat(place.resolve(ClassEvent.FILE)).as("it was made of the messages").doesNotExist();
    LeftoverCheck.assertNothingLeft();
  }

  /** Not every class has a vendor. */
  @Test
  void eventsOfAnotherSourceAreReplayedAndStay() throws Exception {
    Path place = Files.createDirectory(folder.resolve("class"));
    String events =
        """
        {"event":"board","user":"t","clockMillis":1558613140000,"actions":[{"action":1,"seq":1,"thin":100,"x":1000,"y":1000}]}
        {"event":"board","user":"t","clockMillis":1558613141000,"actions":[{"action":2,"x":9000,"y":9000},{"action":3}]}
        {"event":"hole","messages":2}
        this is no JSON
        """;
    Files.writeString(place.resolve(ClassEvent.FILE), events);
    Cli.Result result =
        Cli.start(folder, Map.of(), "replay", place.toString()).await(Duration.ofSeconds(60));
    assertThat(result.code()).as(result.output()).isZero();
    assertThat(result.output())
        .contains("Not read: 1 lines of class-events.jsonl are no events; the first is line 4");
    JsonNode made = Json.LINES.readTree(place.resolve("replay.json").toFile());
    assertThat(made.path("startedAt").asLong()).isEqualTo(1_558_613_140_000L);
    assertThat(made.path("files").path("totalMillis").asLong()).isEqualTo(2_000);
    assertThat(made.path("holes").asLong()).isEqualTo(2);
    assertThat(Decoded.complaints(place.resolve("class.mp4"))).isEmpty();
    assertThat(Files.readString(place.resolve(ClassEvent.FILE))).isEqualTo(events);
    LeftoverCheck.assertNothingLeft();
  }

  @Test
  void whatIsNoClassIsRefused() throws Exception {
    Cli.Result result =
        Cli.start(folder, Map.of(), "replay", folder.toString()).await(Duration.ofSeconds(60));
    assertThat(result.code()).isEqualTo(2);
    assertThat(result.output())
        .contains("Failed: No class in " + folder + ": it has no messages.jsonl");
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
