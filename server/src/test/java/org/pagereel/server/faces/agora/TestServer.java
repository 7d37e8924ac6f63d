package org.pagereel.server.faces.agora;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.pagereel.server.FreePort;
import org.pagereel.server.platform.config.Settings;
import org.pagereel.server.platform.config.SettingsFile;
import org.pagereel.server.platform.store.Database;
import org.pagereel.server.platform.time.TimeSource;
import org.pagereel.server.service.Service;

/** A whole server in this process, on a port and in a folder of its own. */
final class TestServer implements AutoCloseable {
  static final String APP = "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa";
  static final String CERTIFICATE = "0123456789abcdef0123456789abcdef";

  /** What most tests want: one app, pages of this machine allowed. */
  static final String SETTINGS =
      """
      apps:
        - {id: aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa, certificate: 0123456789abcdef0123456789abcdef, controllers: [teacher]}
        - {id: bbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbb, certificate: fedcba9876543210fedcba9876543210}
      network: {allow: [127.0.0.0/8]}
      recordings: {atOnce: 4, stopWithin: 20s}
      """;

  final Path data;
  private final Settings settings;
  private final TimeSource time;
  private Service service;

  TestServer(Path data, String yaml) throws IOException {
    this(data, yaml, TimeSource.system());
  }

  TestServer(Path data, String yaml, TimeSource time) throws IOException {
    this.time = time;
    this.data = Files.createDirectories(data);
    Path file = Files.writeString(data.resolve("settings.yaml"), yaml);
    int port = FreePort.find();
    settings = SettingsFile.read(file).listening("127.0.0.1:" + port);
    open();
  }

  void open() {
    Path pages = Path.of(System.getProperty("pagereel.home"), "record-page", "pages");
    service = Service.open(settings, data.resolve("data"), pages, time);
  }

  String base() {
    return "http://127.0.0.1:" + service.port();
  }

  Path recording(String recordId) {
    return data.resolve("data/recordings").resolve(recordId);
  }

  /** The values of a statement's only column, as text. */
  List<String> query(String sql) {
    return Database.beside(data.resolve("data"))
        .withHandle(handle -> handle.createQuery(sql).mapTo(String.class).list());
  }

  /** A client of the first app, with a token for everything. */
  AgoraClient client() {
    Settings.App app = settings.apps().getFirst();
    return new AgoraClient(base(), APP, AgoraTokens.forApp(app, Duration.ofDays(1)), null);
  }

  @Override
  public void close() {
    service.close();
  }
}
