package org.pagereel.server.tools.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.ResourceLock;
import org.junit.jupiter.api.parallel.Resources;
import org.pagereel.recorder.FailureCategory;
import org.pagereel.recorder.PageSize;
import org.pagereel.recorder.PageSpec;
import org.pagereel.recorder.PictureSpec;
import org.pagereel.recorder.ReadySignal;
import org.pagereel.recorder.RecordingRequest;
import org.pagereel.recorder.wire.Event;

/** What a page wrote is shown to a person, and commands nothing. */
@ResourceLock(Resources.SYSTEM_OUT)
@ResourceLock(Resources.SYSTEM_ERR)
class DisplayTest {
  private static final String HOSTILE = "x\u001b[2J\u001b]0;owned\u0007\n$ rm -rf y\u009b1A";

  @Test
  void ofAReplay() {
    String shown =
        shown(() -> {
          ReplayDisplay display = new ReplayDisplay(Path.of("class"));
          display.show(new Event.Warning("missing", HOSTILE));
          display.show(new Event.Failed(FailureCategory.PAGE, HOSTILE, List.of()));
        });
    assertThat(shown).contains("missing: x [2J").contains("Failed: x [2J");
    assertCommandsNothing(shown);
  }

  @Test
  void ofARecording() {
    RecordingRequest request = request();
    String shown =
        shown(() -> {
          Display display = Display.of(request);
          display.show(new Event.Ready(HOSTILE, 1));
          display.show(new Event.Warning("dialog", HOSTILE));
          display.show(new Event.Failed(FailureCategory.PAGE, HOSTILE, List.of(HOSTILE)));
        });
    assertThat(shown).contains("dialog: x [2J").contains("Failed: x [2J");
    assertCommandsNothing(shown);
  }

  private static RecordingRequest request() {
    return RecordingRequest.of(
        "id",
        new PageSpec(
            "http://page.test/",
            new PageSize(640, 360),
            new ReadySignal.Load(),
            Duration.ofSeconds(30)),
        new PictureSpec(30, 1000),
        Path.of("out"));
  }

  private static void assertCommandsNothing(String shown) {
    assertThat(shown.lines().filter(line -> line.startsWith("$"))).isEmpty();
    assertThat(shown).doesNotContainPattern("[\\p{Cc}&&[^\\n]]");
  }

  private static String shown(Runnable action) {
    PrintStream out = System.out;
    PrintStream err = System.err;
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (PrintStream both = new PrintStream(bytes, true, StandardCharsets.UTF_8)) {
      System.setOut(both);
      System.setErr(both);
      action.run();
    } finally {
      System.setOut(out);
      System.setErr(err);
    }
    return bytes.toString(StandardCharsets.UTF_8);
  }
}
