package org.pagereel.recorder.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.pagereel.recorder.Attempt;
import org.pagereel.recorder.FailureCategory;
import org.pagereel.recorder.MixLayout;
import org.pagereel.recorder.NodePart;
import org.pagereel.recorder.PageSize;
import org.pagereel.recorder.PageSpec;
import org.pagereel.recorder.PictureSpec;
import org.pagereel.recorder.ReadySignal;
import org.pagereel.recorder.RecordingRequest;
import org.pagereel.recorder.SlicingSpec;
import org.pagereel.recorder.SoundProfile;
import org.pagereel.recorder.StreamNames;
import org.pagereel.recorder.StreamsPlan;

class CommandTest {
  private static final RecordingRequest REQUEST =
      new RecordingRequest(
          "abc",
          new PageSpec(
              "https://example.com/?a=b",
              new PageSize(854, 480),
              new ReadySignal.Selector("#ready > .x"),
              Duration.ofSeconds(20)),
          new PictureSpec(25, 1500),
          new SoundProfile(1, 48),
          SlicingSpec.DEFAULT,
          new StreamsPlan(
              true,
              null,
              false,
              new MixLayout(
                  "custom",
                  640,
                  360,
                  0x34363B,
                  true,
                  List.of(MixLayout.Place.of(null, 1, 2, 3, 4, 5, 0, MixLayout.Fill.CROP))),
              List.of(StreamsPlan.StreamRule.ALL),
              StreamNames.DEFAULT,
              300),
          new Attempt(
              1,
              true,
              "the browser died",
              true,
              Duration.ofSeconds(10),
              new NodePart(3, Duration.ofMinutes(-10), true)),
          Path.of("/out"));

  @Test
  void aRequestSurvivesTheWire() {
    String line = Json.LINES.writeValueAsString(new Command.Start(REQUEST));
    assertThat(line).startsWith("{\"command\":\"start\"").doesNotContain("\n");
    assertThat(Json.LINES.readValue(line, Command.class))
        .isInstanceOfSatisfying(
            Command.Start.class, start -> assertThat(start.request()).isEqualTo(REQUEST));
  }

  @Test
  void ordersAreOneWord() {
    assertThat(Json.LINES.writeValueAsString(new Command.Stop()))
        .isEqualTo("{\"command\":\"stop\"}");
    assertThat(Json.LINES.readValue("{\"command\":\"pause\"}", Command.class))
        .isEqualTo(new Command.Pause());
  }

  @Test
  void eventsSurviveTheWire() {
    Event event = new Event.Failed(FailureCategory.PAGE, "it crashed", List.of("page.mp4"));
    String line = Json.LINES.writeValueAsString(event);
    assertThat(line).startsWith("{\"event\":\"failed\"");
    assertThat(Json.LINES.readValue(line, Event.class)).isEqualTo(event);
  }

  @Test
  void errorsNameFieldValueAndWhatIsAllowed() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new PageSize(641, 360))
        .withMessage("width is 641; allowed are even numbers from 320 to 1920");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> ReadySignal.parse("selector:"))
        .withMessageContaining("selector:CSS");
  }
}
