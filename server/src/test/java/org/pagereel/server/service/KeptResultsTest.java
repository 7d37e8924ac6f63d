package org.pagereel.server.service;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.Statement;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.pagereel.recorder.Report;
import org.pagereel.recorder.StreamFiles;
import org.pagereel.recorder.slices.Playlist;
import org.pagereel.recorder.wire.Json;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * What a recording has made is known from its row when it is complete, whatever becomes of its
 * folder; before that, and in rows of earlier versions, from its folder. The recorders are
 * stand-ins.
 */
class KeptResultsTest {
  private static final String UNREADABLE = "cut off: {\"st";

  @TempDir Path folder;
  private AllFaces server;

  @BeforeEach
  void open() throws Exception {
    server = new AllFaces(folder, folder.resolve("data"));
  }

  @AfterEach
  void close() {
    server.close();
  }

  @Test
  void aListOfRecordings() throws Exception {
    assertThat(server.room("r").status()).isEqualTo(200);
    String id = server.record("r").body().at("/data/recordId").asString();
    Path files = server.data.resolve("recordings").resolve(id);
    AllFaces.await(() -> server.recordOf("r").path("ready").asBoolean());
    assertThat(item().path("url").asString()).isEmpty();
    Files.writeString(files.resolve(Playlist.FILE), "#EXTM3U\n");
    assertThat(item().path("url").asString()).as("while it grows").contains(id + "/page.m3u8?");
    assertThat(item().path("recordDetails")).isEmpty();
    assertThat(server.stop("r").status()).isEqualTo(200);
    AllFaces.await(() -> !item().path("recordDetails").isEmpty());

    JsonNode made = item();
    assertThat(made.path("url").asString()).contains(id + "/page.m3u8?");
    assertThat(made.path("recordDetails").size()).isEqualTo(1);
    assertThat(made.at("/recordDetails/0/url").asString()).contains(id + "/page.mp4?");
    AllFaces.await(() -> column(id, "state").equals("FINISHED"));

    String report = Files.readString(files.resolve(Report.FILE));
    Files.writeString(files.resolve(Report.FILE), UNREADABLE);
    assertThat(item()).isEqualTo(made);
    Files.delete(files.resolve(Report.FILE));
    Files.delete(files.resolve(Playlist.FILE));
    assertThat(item()).isEqualTo(made);

    // A row of an earlier version.
    write("UPDATE recordings SET result = NULL");
    assertThat(item().path("url").asString()).isEmpty();
    assertThat(item().path("recordDetails")).isEmpty();
    Files.writeString(files.resolve(Playlist.FILE), "#EXTM3U\n");
    Files.writeString(files.resolve(Report.FILE), UNREADABLE);
    assertThat(item().path("url")).isEqualTo(made.path("url"));
    assertThat(item().path("recordDetails")).isEmpty();
    Files.writeString(files.resolve(Report.FILE), report);
    assertThat(item()).isEqualTo(made);
  }

  @Test
  void aTask() throws Exception {
    String id = server.startOnline("1").body().at("/Response/TaskId").asString();
    Path files = server.data.resolve("recordings").resolve(id);
    AllFaces.await(() -> task(id).path("Status").asString().equals("RECORDING"));
    Files.writeString(
        files.resolve(StreamFiles.FILE),
        """
        {"totalMillis":9000,"files":[{"file":"page.mp4","kind":"WHITEBOARD","userId":"",
        "startMillis":0,"durationMillis":9000,"bytes":10,"width":640,"height":360}],
        "interrupts":[{"userId":"anna","count":2}],"omitted":[],"missing":[]}\
        """);
    assertThat(task(id).path("VideoInfos")).as("not before it is over").isEmpty();
    assertThat(server.stopOnline(id).status()).isEqualTo(200);
    AllFaces.await(() -> task(id).path("Status").asString().equals("FINISHED"));

    JsonNode made = task(id);
    assertThat(made.path("VideoInfos").size()).isEqualTo(1);
    assertThat(made.at("/VideoInfos/0/VideoUrl").asString()).contains(id + "/page.mp4?");
    assertThat(made.at("/Interrupts/0/Count").asInt()).isEqualTo(2);
    String streams = Files.readString(files.resolve(StreamFiles.FILE));
    for (String file : List.of(StreamFiles.FILE, Report.FILE)) {
      Files.writeString(files.resolve(file), UNREADABLE);
      assertThat(task(id)).isEqualTo(made);
      Files.delete(files.resolve(file));
      assertThat(task(id)).isEqualTo(made);
    }

    write("UPDATE recordings SET result = NULL");
    assertThat(task(id).path("VideoInfos")).isEmpty();
    Files.writeString(files.resolve(StreamFiles.FILE), streams);
    assertThat(task(id)).isEqualTo(made);
  }

  @Test
  void filesThatWereDeletedAreNotListed() throws Exception {
    assertThat(server.room("r").status()).isEqualTo(200);
    String id = server.record("r").body().at("/data/recordId").asString();
    AllFaces.await(() -> server.recordOf("r").path("ready").asBoolean());
    assertThat(server.stop("r").status()).isEqualTo(200);
    AllFaces.await(() -> column(id, "state").equals("FINISHED"));
    assertThat(item().path("recordDetails").size()).isEqualTo(1);
    write("UPDATE recordings SET files_deleted_at = 1");
    assertThat(item().path("url").asString()).isEmpty();
    assertThat(item().path("recordDetails")).isEmpty();
    assertThat(column(id, "result")).as("it is still known").contains("page.mp4");
  }

  /** The one recording as it is listed, without the time until which its links are good. */
  private JsonNode item() throws Exception {
    return withoutTimes(server.recordsOf("r").body().at("/data/list/0"));
  }

  /** The same of a task, without the number of the request. */
  private JsonNode task(String id) throws Exception {
    ObjectNode task = (ObjectNode) withoutTimes(server.findOnline(id).body().path("Response"));
    task.remove("RequestId");
    return task;
  }

  private static JsonNode withoutTimes(JsonNode answer) {
    return Json.LINES.readTree(answer.toString().replaceAll("\\?e=[^\"]*", "?"));
  }

  private String column(String id, String name) throws Exception {
    try (Connection store = DriverManager.getConnection("jdbc:sqlite:" + server.store());
        PreparedStatement query =
            store.prepareStatement("SELECT " + name + " FROM recordings WHERE id = ?")) {
      query.setString(1, id);
      return String.valueOf(query.executeQuery().getString(1));
    }
  }

  private void write(String sql) throws Exception {
    try (Connection store = DriverManager.getConnection("jdbc:sqlite:" + server.store());
        Statement statement = store.createStatement()) {
      statement.execute("PRAGMA busy_timeout = 10000");
      assertThat(statement.executeUpdate(sql)).isEqualTo(1);
    }
  }
}
