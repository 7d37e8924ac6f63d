package org.pagereel.server.service;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.pagereel.recorder.process.Await;
import org.pagereel.server.FreePort;
import org.pagereel.server.Pause;
import org.pagereel.server.Victims;
import org.pagereel.server.WholeMachine;
import org.pagereel.server.platform.store.PostgresServer;

/** Nodes that are processes of their own die or stand still; their recorders are stand-ins. */
@WholeMachine
class LostNodeTest {
  private static final Duration SOON = Duration.ofSeconds(40);
  private static final int ROOMS = 3;
  private static final String APP = "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa";

  @TempDir Path folder;
  private final List<Server> servers = new ArrayList<>();
  private PostgresServer postgres;
  private String url;

  /** A node. */
  private record Server(String name, Path data, int port, Process process) {
    List<ProcessHandle> all() {
      return Stream.concat(Stream.of(process.toHandle()), process.descendants()).toList();
    }

    List<ProcessHandle> recorders() {
      return process.descendants().filter(one -> Victims.runs(one, "StandInCamera")).toList();
    }

    void put(String path) throws IOException, InterruptedException {
      HttpRequest request =
          HttpRequest.newBuilder(
                  URI.create("http://127.0.0.1:" + port + "/edu/apps/" + APP + "/v2/rooms/" + path))
              .header("Content-Type", "application/json")
              .method(
                  path.contains("/") ? "PUT" : "POST",
                  HttpRequest.BodyPublishers.ofString(
                      path.contains("/")
                          ? "{\"mode\":\"web\",\"webRecordConfig\":{\"url\":\"http://127.0.0.1/page\"}}"
                          : "{\"roomType\":4}"))
              .build();
      assertThat(
              HttpClient.newHttpClient()
                  .send(request, HttpResponse.BodyHandlers.discarding())
                  .statusCode())
          .as(path)
          .isEqualTo(200);
    }
  }

  @BeforeEach
  void open() throws Exception {
    // One of its own: a test ends it.
    Optional<PostgresServer> server = PostgresServer.open(PostgresServer.Make.DEBIAN);
    assumeTrue(server.isPresent(), "its programs are not here");
    postgres = server.orElseThrow();
    url = postgres.database().url() + "?user=pagereel";
  }

  @AfterEach
  void end() throws Exception {
    for (Server server : servers) {
      List<ProcessHandle> all = server.all();
      all.forEach(process -> Victims.reaches("CONT", process));
      server.process().destroy();
      server.process().waitFor();
      all.forEach(ProcessHandle::destroyForcibly);
    }
    if (postgres != null) {
      postgres.close();
    }
  }

  private Server start(String name) throws Exception {
    Path data = folder.resolve(name);
    int port = FreePort.find();
    Path settings =
        Files.writeString(
            folder.resolve(name + ".yaml"),
            """
            node: %s
            authentication: false
            network: {allow: [127.0.0.0/8]}
            apps: [{id: %s, certificate: 0123456789abcdef0123456789abcdef}]
            recordings: {atOnce: 8, stopWithin: 5s}
            database: {url: "%s"}
            """
                .formatted(name, APP, url));
    List<String> words =
        List.of(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-XX:TieredStopAtLevel=1",
            "--enable-native-access=ALL-UNNAMED",
            "-Dpagereel.home=" + System.getProperty("pagereel.home"),
            "-cp",
            System.getProperty("java.class.path"),
            StandInService.class.getName(),
            settings.toString(),
            data.toString(),
            "127.0.0.1:" + port);
    Process process =
        new ProcessBuilder(words).redirectError(ProcessBuilder.Redirect.INHERIT).start();
    Server server = new Server(name, data, port, process);
    servers.add(server);
    var lines = process.inputReader(StandardCharsets.UTF_8);
    assertThat(Stream.generate(() -> line(lines)).anyMatch("ready"::equals)).isTrue();
    Thread.ofVirtual().start(() -> lines.lines().forEach(System.out::println));
    return server;
  }

  private static String line(java.io.BufferedReader lines) {
    try {
      String line = lines.readLine();
      assertThat(line).as("it ended").isNotNull();
      return line;
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }

  private List<String> column(String sql) {
    List<String> values = new ArrayList<>();
    try (var connection = DriverManager.getConnection(url);
        Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery(sql)) {
      while (row.next()) {
        values.add(row.getString(1));
      }
      return values;
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  private int recordedBy(String node) {
    return column("SELECT id FROM recordings WHERE state = 'RECORDING' AND owner = '" + node + "'")
        .size();
  }

  /** Three recordings on the first node, and a second one that has room. */
  private List<Server> twoNodes() throws Exception {
    Server a = start("a");
    for (int i = 0; i < ROOMS; i++) {
      a.put("room" + i);
      a.put("room" + i + "/records/states/1");
    }
    assertThat(Await.until(SOON, () -> recordedBy("a") == ROOMS)).isTrue();
    Server b = start("b");
    Pause.of(Duration.ofSeconds(3));
    assertThat(recordedBy("a")).isEqualTo(ROOMS);
    return List.of(a, b);
  }

  private void awaitGoesOn(String node, long since, String what) {
    assertThat(Await.until(SOON, () -> recordedBy(node) == ROOMS)).isTrue();
    System.out.printf(
        "%s: %d recordings go on elsewhere after %.1f s%n",
        what, ROOMS, (System.nanoTime() - since) / 1e9);
    assertThat(column("SELECT DISTINCT epoch FROM recordings")).containsExactly("2");
    assertThat(column("SELECT state FROM nodes ORDER BY name")).containsExactly("LOST", "UP");
  }

  @Test
  void whatAKilledNodeRecordedGoesOnElsewhere() throws Exception {
    Server a = twoNodes().getFirst();
    long killed = System.nanoTime();
    for (ProcessHandle process : a.all()) {
      process.destroyForcibly();
    }
    awaitGoesOn("b", killed, "kill -9");
    stopAll();
  }

  /** All were silent as long as it was away: nobody is lost for that, and nothing is stopped. */
  @Test
  void anOutageOfTheDatabaseCostsNobodyHisWork() throws Exception {
    Server a = twoNodes().getFirst();
    List<Long> recorders = a.recorders().stream().map(ProcessHandle::pid).toList();
    postgres.stop();
    Pause.of(Duration.ofSeconds(8));
    assertThat(a.recorders().stream().map(ProcessHandle::pid)).isEqualTo(recorders);
    postgres.start();
    Pause.of(Duration.ofSeconds(13)); // longer than nobody may claim anything
    assertThat(column("SELECT state FROM nodes ORDER BY name")).containsExactly("UP", "UP");
    assertThat(column("SELECT DISTINCT epoch FROM recordings")).containsExactly("1");
    assertThat(recordedBy("a")).isEqualTo(ROOMS);
    assertThat(a.recorders().stream().map(ProcessHandle::pid)).isEqualTo(recorders);
    stopAll();
  }

  private void stopAll() throws Exception {
    for (int i = 0; i < ROOMS; i++) {
      servers.get(1).put("room" + i + "/records/states/0");
    }
    assertThat(
            Await.until(
                SOON,
                () -> column("SELECT id FROM recordings WHERE state = 'FINISHED'").size() == ROOMS))
        .isTrue();
    assertThat(
            Await.until(SOON, () -> column("SELECT task_instance FROM scheduled_tasks").isEmpty()))
        .isTrue();
  }

  /** It goes on for a moment when it wakes, sees that others record, and lets go of it. */
  @Test
  void aNodeThatStoodStillFindsThatOthersRecord() throws Exception {
    Server a = twoNodes().getFirst();
    long stopped = System.nanoTime();
    for (ProcessHandle process : a.all()) {
      Victims.signal("STOP", process);
    }
    awaitGoesOn("b", stopped, "kill -STOP");
    assertThat(a.recorders()).hasSize(ROOMS);
    for (ProcessHandle process : a.all()) {
      Victims.reaches("CONT", process); // the server comes first, and may end a recorder at once
    }
    assertThat(Await.until(SOON, () -> a.recorders().isEmpty())).as("its recorders end").isTrue();
    assertThat(
            Await.until(
                SOON,
                () ->
                    column("SELECT name FROM nodes WHERE state = 'UP' ORDER BY name").size() == 2))
        .isTrue();
    assertThat(recordedBy("b")).isEqualTo(ROOMS);
    assertThat(column("SELECT DISTINCT epoch FROM recordings")).containsExactly("2");
    assertThat(column("SELECT DISTINCT picked_by FROM scheduled_tasks")).containsExactly("b");
  }
}
