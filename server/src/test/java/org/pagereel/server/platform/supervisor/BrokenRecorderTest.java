package org.pagereel.server.platform.supervisor;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.pagereel.recorder.FailureCategory;
import org.pagereel.recorder.PageNetwork;
import org.pagereel.recorder.Report;
import org.pagereel.recorder.wire.Event;
import org.pagereel.recorder.wire.Json;
import org.pagereel.recorder.wire.ReportFile;
import org.pagereel.server.WholeMachine;
import org.pagereel.server.core.recording.StandInCamera;
import tools.jackson.databind.node.ObjectNode;

/**
 * A recorder whose heap or classes fail has a last word, and its files are completed all the same.
 */
@WholeMachine
class BrokenRecorderTest {
  private static final Event.Failed LAST_WORD =
      new Event.Failed(
          FailureCategory.INTERNAL,
          "The recorder broke: java.lang.OutOfMemoryError: Java heap space",
          List.of());

  @TempDir Path folder;

  @Test
  void itsFilesAreCompleted() throws Exception {
    write(Report.State.RECORDING);
    List<Event> heard = follow();
    Report report = ReportFile.read(folder);
    assertThat(report.state()).isEqualTo(Report.State.FAILED);
    assertThat(report.failure())
        .isEqualTo(new Report.Failure(FailureCategory.INTERNAL, LAST_WORD.message()));
    assertThat(heard.getLast()).isInstanceOf(Event.Failed.class);
    assertThat(heard).filteredOn(event -> event instanceof Event.Failed).hasSize(1);
  }

  @Test
  void whatIsCompleteStaysAsItIs() throws Exception {
    write(Report.State.FAILED);
    String before = Files.readString(file());
    assertThat(follow()).containsExactly(LAST_WORD);
    assertThat(Files.readString(file())).isEqualTo(before);
  }

  private List<Event> follow() throws Exception {
    Path word = folder.resolve("word");
    Files.writeString(word, Json.LINES.writerFor(Event.class).writeValueAsString(LAST_WORD) + "\n");
    List<Event> heard = new ArrayList<>();
    RecorderChild child =
        RecorderChild.working("brokentest", List.of("cat", word.toString()), PageNetwork.FREE);
    assertThat(child.follow(folder, heard::add)).isEqualTo(heard.getLast());
    return heard;
  }

  private void write(Report.State state) throws IOException {
    ObjectNode report = Json.PRETTY.valueToTree(StandInCamera.report("broken", 1, state, false));
    report.putArray("slices"); // what can be made of none is made at once
    Files.writeString(file(), Json.PRETTY.writeValueAsString(report));
  }

  private Path file() {
    return folder.resolve(Report.FILE);
  }
}
