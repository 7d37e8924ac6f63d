package org.pagereel.server.service;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.BufferedReader;
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
import org.jspecify.annotations.Nullable;
import org.pagereel.recorder.process.Await;
import org.pagereel.server.FreePort;
import org.pagereel.server.Host;
import org.pagereel.server.Victims;
import org.pagereel.server.platform.store.PgBouncer;
import org.pagereel.server.platform.store.PostgresServer;

/**
 * Servers that are processes of their own, a PostgreSQL of their own, and a folder they share.
 * {@code -Dpagereel.pgbouncer=true}: by way of a pgbouncer.
 */
public final class NodeProcesses implements AutoCloseable {
  private static final HttpClient HTTP =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
  private static final Duration AT_LEAST = Duration.ofSeconds(5);
  public static final String APP = "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa";

  public final PostgresServer postgres;
  private final Path folder;
  private final Class<?> main;
  private final @Nullable PgBouncer pooler;
  private final String url;
  private final List<Node> nodes = new ArrayList<>();
  private String callback = "";
  private String more = "";
  private Path pages = Path.of(System.getProperty("pagereel.home"), "record-page", "pages");

  /** A server, and how it is called. */
  public record Node(String name, int port, Process process) {
    /** With its recorders, and what these have started. */
    public List<ProcessHandle> all() {
      return Stream.concat(Stream.of(process.toHandle()), process.descendants()).toList();
    }

    /** Ends everything at once, as when the machine loses its power. */
    public void kill() throws InterruptedException {
      all().forEach(ProcessHandle::destroyForcibly);
      process.waitFor();
    }

    public void room(String name) throws IOException, InterruptedException {
      call("POST", name, "{\"roomType\":4}");
    }

    /** Starts a recording of this page, a slow and small one. */
    public void record(String room, String page) throws IOException, InterruptedException {
      record(room, page, 5);
    }

    void record(String room, String page, int fps) throws IOException, InterruptedException {
      record(room, page, fps, "");
    }

    /** Starts a recording of a page that says itself when it is ready. */
    void recordWhenReady(String room, String page) throws IOException, InterruptedException {
      record(room, page, 20, ",\"retryTimeout\":20");
    }

    private void record(String room, String page, int fps, String more)
        throws IOException, InterruptedException {
      call(
          "PUT",
          room + "/records/states/1",
          """
          {"mode":"web","webRecordConfig":{"url":"%s","videoWidth":480,"videoHeight":320,
          "videoFps":%d,"videoBitrate":200}%s}
          """
              .formatted(page, fps, more));
    }

    public void stop(String room) throws IOException, InterruptedException {
      call("PUT", room + "/records/states/0", "");
    }

    private void call(String method, String path, String body)
        throws IOException, InterruptedException {
      HttpRequest request =
          HttpRequest.newBuilder(
                  URI.create("http://127.0.0.1:" + port + "/edu/apps/" + APP + "/v2/rooms/" + path))
              .header("Content-Type", "application/json")
              .method(method, HttpRequest.BodyPublishers.ofString(body))
              .build();
      HttpResponse<String> answer = HTTP.send(request, HttpResponse.BodyHandlers.ofString());
      assertThat(answer.statusCode()).as("%s: %s", path, answer.body()).isEqualTo(200);
    }
  }

  /**
   * None yet; skips the test where there is no PostgreSQL.
   *
   * @param main runs a server: settings file, data folder, address to listen on, pages
   */
  public NodeProcesses(Path folder, Class<?> main) throws IOException, InterruptedException {
    this(folder, main, List.of());
  }

  /** The same, whose database these hosts reach. */
  NodeProcesses(Path folder, Class<?> main, List<Host> hosts)
      throws IOException, InterruptedException {
    // One of its own: tests end it.
    Optional<PostgresServer> server =
        PostgresServer.open(PostgresServer.Make.DEBIAN, hosts.stream().map(Host::gateway).toList());
    assumeTrue(server.isPresent(), "its programs are not here");
    this.postgres = server.orElseThrow();
    this.url = postgres.database().url() + "?user=pagereel";
    this.folder = folder;
    this.main = main;
    this.pooler = Boolean.getBoolean("pagereel.pgbouncer") ? new PgBouncer(postgres.port()) : null;
  }

  /** How a node reaches the database. */
  private String database(String direct) {
    PgBouncer between = pooler;
    return between == null
        ? "url: \"" + direct + "\""
        : "url: \"%s\", direct: \"%s\"".formatted(between.through(direct, postgres.port()), direct);
  }

  /** Those that are started from now on have these settings, too. */
  public void settings(String yaml) {
    more = yaml;
  }

  /** Those that are started from now on tell of their recordings there. */
  public void callback(String url) {
    callback = ", callback: {url: \"" + url + "\", secret: s}";
  }

  /** Those that are started from now on serve these pages. */
  void pages(Path folder) {
    pages = folder;
  }

  /** Where all of them put what they record. */
  public Path recordings() {
    return folder.resolve("files/recordings");
  }

  /** Starts one, perhaps again. */
  public Node start(String name, int atOnce) throws IOException {
    return start(name, atOnce, "both", url, List.of());
  }

  /** Starts one that only answers. */
  Node startAnswering(String name) throws IOException {
    return start(name, 1, "api", url, List.of());
  }

  /** Starts one on another host. */
  Node start(String name, int atOnce, Host host) throws IOException {
    return start(name, atOnce, "both", url.replace("127.0.0.1", host.gateway()), host.prefix());
  }

  /** Starts one whose clock is wrong by so much, such as {@code +600s}. */
  Node startWithClock(String name, int atOnce, String offset) throws IOException {
    String file = "usr/lib/x86_64-linux-gnu/faketime/libfaketimeMT.so.1";
    Optional<Path> library =
        Stream.of(Path.of("/"), Path.of(System.getProperty("pagereel.home"), ".pagereel/tools"))
            .map(root -> root.resolve(file))
            .filter(Files::exists)
            .findFirst();
    assumeTrue(library.isPresent(), "no libfaketime");
    List<String> prefix =
        List.of(
            "env",
            "LD_PRELOAD=" + library.orElseThrow(),
            "FAKETIME=" + offset,
            "FAKETIME_DONT_FAKE_MONOTONIC=1");
    return start(name, atOnce, "both", url, prefix);
  }

  private Node start(String name, int atOnce, String role, String database, List<String> prefix)
      throws IOException {
    int port = FreePort.find();
    Path settings =
        Files.writeString(
            folder.resolve(name + ".yaml"),
            """
            node: %s
            authentication: false
            network: {allow: [127.0.0.0/8]}
            apps: [{id: %s, certificate: 0123456789abcdef0123456789abcdef%s}]
            recordings: {atOnce: %d, stopWithin: 20s}
            operatorKey: 0123456789abcdef
            database: {%s}
            files: %s
            role: %s
            %s
            """
                .formatted(
                    name,
                    APP,
                    callback,
                    atOnce,
                    database(database),
                    folder.resolve("files"),
                    role,
                    more));
    List<String> words = new ArrayList<>(prefix);
    words.addAll(
        List.of(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-XX:TieredStopAtLevel=1",
            "--enable-native-access=ALL-UNNAMED",
            "-Dpagereel.home=" + System.getProperty("pagereel.home"),
            "-cp",
            System.getProperty("java.class.path"),
            main.getName(),
            settings.toString(),
            folder.resolve(name).toString(),
            "127.0.0.1:" + port,
            pages.toString()));
    Process process =
        new ProcessBuilder(words).redirectError(ProcessBuilder.Redirect.INHERIT).start();
    Node node = new Node(name, port, process);
    nodes.removeIf(before -> before.name().equals(name));
    nodes.add(node);
    BufferedReader lines = process.inputReader(StandardCharsets.UTF_8);
    assertThat(Stream.generate(() -> line(lines)).anyMatch("ready"::equals)).isTrue();
    // A pipe holds the carrier of a virtual thread, and pages are served by such threads.
    Thread.ofPlatform().daemon().start(() -> lines.lines().forEach(System.out::println));
    return node;
  }

  private static String line(BufferedReader lines) {
    try {
      String line = lines.readLine();
      assertThat(line).as("it ended").isNotNull();
      return line;
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }

  /** The first column of what a query finds. */
  public List<String> column(String sql) {
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

  public int recordedBy(String node) {
    return column("SELECT id FROM recordings WHERE state = 'RECORDING' AND owner = '" + node + "'")
        .size();
  }

  @Override
  public void close() {
    for (Node node : nodes) {
      List<ProcessHandle> all = node.all();
      all.forEach(process -> Victims.reaches("CONT", process));
      node.process().destroy();
      // One that still records would wait for another to take that.
      if (!Await.until(AT_LEAST, () -> !node.process().isAlive())) {
        all.forEach(ProcessHandle::destroyForcibly);
      }
      node.process().onExit().join();
    }
    if (pooler != null) {
      pooler.close();
    }
    postgres.close();
  }
}
