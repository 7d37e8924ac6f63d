package org.pagereel.server.core.files;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.pagereel.recorder.ReplayResult;
import org.pagereel.recorder.Report;
import org.pagereel.recorder.StreamFiles;
import org.pagereel.recorder.slices.Playlist;

/** What every store of files must do, wherever the files lie. */
abstract class FileStoreContract {
  @TempDir Path folder;

  /** The store, empty. */
  abstract FileStore store();

  /** Puts a file there as a recorder does. */
  abstract void put(String id, String file, String content) throws IOException;

  @Test
  void whatIsNotThereIsEmpty() throws Exception {
    assertThat(store().report("none")).isEmpty();
    assertThat(store().streams("none")).isEmpty();
    assertThat(store().replayed("none")).isEmpty();
    assertThat(store().open("none", "page.mp4")).isEmpty();
    assertThat(store().has("none", "page.mp4")).isFalse();
    assertThat(store().hasUnmadeSlices("none")).isFalse();
    store().delete("none");
  }

  @Test
  void aReportSaysWhatWasMade() throws Exception {
    put("one", Report.FILE, report("FINISHED", "[{\"file\":\"page.mp4\"}]"));
    assertThat(store().report("one").orElseThrow().videos())
        .extracting(Report.Video::file)
        .containsExactly("page.mp4");
    put("one", StreamFiles.FILE, "{\"totalMillis\":7,\"files\":[],\"missing\":[]}");
    assertThat(store().streams("one").orElseThrow().totalMillis()).isEqualTo(7);
  }

  @Test
  void whatCannotBeReadIsEmpty() throws Exception {
    put("one", Report.FILE, "{\"id\":");
    put("one", StreamFiles.FILE, "[]");
    assertThat(store().report("one")).isEmpty();
    assertThat(store().streams("one")).isEmpty();
  }

  @Test
  void aResultIsReadFromAllThatWasWritten() throws Exception {
    assertThat(store().recordedSoFar("none")).isEqualTo(RecordingResult.NOTHING);
    assertThat(store().recorded("none")).isEmpty();
    put("one", Report.FILE, report("RECORDING", "[]"));
    assertThat(store().recordedSoFar("one").playlist()).isNull();
    put("one", Playlist.FILE, "#EXTM3U");
    assertThat(store().recordedSoFar("one").playlist()).isEqualTo(Playlist.FILE);
    assertThat(store().recordedSoFar("one").videos()).isEmpty();
    put("one", Report.FILE, report("FINISHED", "[{\"file\":\"page.mp4\",\"durationSeconds\":1}]"));
    put("one", StreamFiles.FILE, "{\"totalMillis\":7,\"files\":[],\"missing\":[]}");
    assertThat(store().recordedSoFar("one").videos())
        .containsExactly(new RecordingResult.Video("page.mp4", 0, 1000, 0));
    assertThat(store().recordedSoFar("one").streams().totalMillis()).isEqualTo(7);
    assertThat(store().recorded("one")).contains(store().recordedSoFar("one"));
  }

  /** A disk that cannot be read now says nothing for ever. */
  @ParameterizedTest
  @ValueSource(strings = {Report.FILE, StreamFiles.FILE})
  void aResultIsNotStoredOfWhatCannotBeRead(String file) throws Exception {
    put("one", Playlist.FILE, "#EXTM3U");
    put("one", Report.FILE, report("FINISHED", "[{\"file\":\"page.mp4\"}]"));
    put("one", StreamFiles.FILE, "{\"totalMillis\":7,\"files\":[],\"missing\":[]}");
    for (String broken :
        List.of("{\"id\":", "", "null", "{\"videos\":[null]}", "{\"files\":[null]}")) {
      put("one", file, broken);
      assertThat(store().recorded("one")).as(broken).isEmpty();
      assertThat(store().recordedSoFar("one").playlist()).as(broken).isEqualTo(Playlist.FILE);
    }
  }

  /** A replay's result counts when all that it names is there, and names nothing else. */
  @ParameterizedTest
  @ValueSource(strings = {"class.mp4", "../secret.mp4", "gone.mp4", ".mp4", "messages.jsonl"})
  void aReplayIsCompleteWithItsFiles(String file) throws Exception {
    put("secret", "x.mp4", "x");
    put("two", "class.mp4", "video");
    put("two", "messages.jsonl", "{}");
    put(
        "two",
        ReplayResult.FILE,
        """
        {"startedAt":1,"files":{"totalMillis":1,"files":[{"file":"%s","kind":"MIX","userId":"",
        "startMillis":0,"durationMillis":1,"bytes":5,"width":2,"height":2}],"missing":[]},
        "unknownActions":{},"holes":0,"unread":{}}\
        """
            .formatted(file));
    assertThat(store().replayed("two").isPresent()).isEqualTo(file.equals("class.mp4"));
  }

  @Test
  void aReplayWithoutAListOfFilesIsNotComplete() throws Exception {
    put("two", ReplayResult.FILE, "{\"startedAt\":1,\"unknownActions\":{},\"holes\":0}");
    assertThat(store().replayed("two")).isEmpty();
  }

  @Test
  void aFileIsReadFromAnyPlace() throws Exception {
    put("one", "page.mp4", "0123456789");
    try (StoredFile file = store().open("one", "page.mp4").orElseThrow()) {
      assertThat(file.size()).isEqualTo(10);
      try (InputStream rest = file.from(7)) {
        assertThat(new String(rest.readAllBytes(), StandardCharsets.UTF_8)).isEqualTo("789");
      }
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"../two/page.mp4", "..", ".", "", "a/b", "/etc/passwd", "page\n.mp4"})
  void noNameLeadsOut(String name) throws Exception {
    put("two", "page.mp4", "secret");
    put("one", "page.mp4", "own");
    assertThat(store().has("one", name)).isFalse();
    assertThat(store().open("one", name)).isEmpty();
    assertThat(store().open(name, "page.mp4")).isEqualTo(Optional.empty());
    assertThat(store().report(name)).isEmpty();
    assertThatIllegalArgumentException().isThrownBy(() -> store().delete(name));
    assertThat(store().has("one", "page.mp4")).isTrue();
    assertThat(store().has("two", "page.mp4")).isTrue();
  }

  @Test
  void slicesWithoutVideosAreKnown() throws Exception {
    put("one", "page-1-00000.ts", "slice");
    assertThat(store().hasUnmadeSlices("one")).as("no report: no recording").isFalse();
    put("one", Report.FILE, report("RECORDING", "[]"));
    assertThat(store().hasUnmadeSlices("one")).isTrue();
    put("one", Report.FILE, "broken");
    assertThat(store().hasUnmadeSlices("one")).as("in doubt").isTrue();
    put("one", Report.FILE, report("FINISHED", "[{\"file\":\"page.mp4\"}]"));
    assertThat(store().hasUnmadeSlices("one")).isFalse();
  }

  @Test
  void onlyItsOwnIsDeleted() throws Exception {
    put("one", "page.mp4", "x");
    put("one", "page-1-00000.ts", "x");
    put("other", "page.mp4", "x");
    store().delete("one");
    assertThat(store().has("one", "page.mp4")).isFalse();
    assertThat(store().has("one", "page-1-00000.ts")).isFalse();
    assertThat(store().has("other", "page.mp4")).isTrue();
  }

  /** A report of a recording, as its recorder writes it. */
  static String report(String state, String videos) {
    String slices = state.equals("RECORDING") || state.equals("FINISHED") ? slice() : "";
    return """
    {"id":"one","attempt":1,"label":"one","url":"http://page.test/","state":"%s",
    "durationSeconds":1.0,"width":640,"height":360,"fps":30,"bitrateKbps":500,"holds":[],
    "pauses":[],"gaps":[],"videos":%s,"slices":[%s],
    "counters":{"grabbed":1,"encoded":1,"unchanged":0,"dropped":0},"warnings":[],
    "warningsNotListed":0,"maxVideoSeconds":7200,"maxVideoBytes":2000000000,"sliceSeconds":15}\
    """
        .formatted(state, videos, slices);
  }

  private static String slice() {
    return """
    {"file":"page-1-00000.ts","attempt":1,"number":0,"startSeconds":0.0,"durationSeconds":1.0,
    "startedAt":"2026-01-01T00:00:00Z","bytes":5}\
    """;
  }

  /** For implementations whose files are in a folder. */
  static void write(Path file, String content) throws IOException {
    Files.createDirectories(file.getParent());
    Files.writeString(file, content);
  }
}
