package org.pagereel.server.faces.tencent;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.pagereel.recorder.process.Await;
import org.pagereel.server.FreePort;
import org.pagereel.server.core.replay.StandInRecorder;
import org.pagereel.server.platform.config.SettingsFile;
import org.pagereel.server.service.Service;
import org.pagereel.server.service.StandInService;
import org.pagereel.server.tools.cli.Pagereel;

/** A whole server with one Tencent app, to be ended and started again with the same data. */
final class WholeServer implements AutoCloseable {
  /** The app's. */
  static final String KEY = "5bd2850fff3ecb11d7c805251c51ee463a25727bddc2385f3fa8bfee1bb93b5e";

  private static final Duration PATIENCE = Duration.ofSeconds(60);

  private final Path data;
  private final Path settings;
  private final int port = FreePort.find();
  private @Nullable Service service;
  private @Nullable Process process;

  /**
   * Makes it.
   *
   * @param ofApp settings of the app, each with a comma before it
   * @param more settings, whole lines of YAML
   */
  WholeServer(Path folder, String ofApp, String more) throws IOException {
    data = folder.resolve("data");
    settings =
        Files.writeString(
            folder.resolve("settings.yaml"),
            """
            tencent:
              - secretId: AKIDTESTSECRETID0000000000000000000
                secretKey: TESTSECRETKEY00000000000000000000
                apps: [{sdkAppId: 1400000001, key: %s%s}]
            %s
            """
                .formatted(KEY, ofApp, more));
  }

  int port() {
    return port;
  }

  String base() {
    return "http://" + address();
  }

  private String address() {
    return "127.0.0.1:" + port;
  }

  /** Where the files of a recording or a replay are. */
  Path files(String task) {
    return data.resolve("recordings").resolve(task);
  }

  /** The beginning of the labels of a recording's processes; the attempt follows. */
  String label(String task) throws IOException {
    return Files.readString(data.resolve("node")).strip() + "-" + task + "-";
  }

  /** Starts it in this process; its replays are made by {@link StandInRecorder}. */
  void openWithStandIn() throws IOException {
    service = StandInService.open(SettingsFile.read(settings).listening(address()), data);
  }

  /** Starts it in this process. */
  void open() throws IOException {
    Path pages = Path.of(System.getProperty("pagereel.home"), "record-page", "pages");
    service = Service.open(SettingsFile.read(settings).listening(address()), data, pages);
  }

  /** Ends what {@link #open} started. */
  void shut() {
    if (service != null) {
      service.close();
      service = null;
    }
  }

  /** Starts it as a process; its replays are made by {@link StandInRecorder}. */
  void spawnWithStandIn() throws IOException {
    process = start(StandInService.class, settings.toString(), data.toString(), address());
    assertThat(process.inputReader(StandardCharsets.UTF_8).readLine()).isEqualTo("ready");
  }

  /** Starts it as a process: {@code ./pagereel serve}. */
  void spawn() throws IOException {
    Process started =
        start(
            Pagereel.class,
            "serve",
            "--config=" + settings,
            "--data=" + data,
            "--listen=" + address());
    process = started;
    Thread.ofVirtual()
        .start(() -> started.inputReader(StandardCharsets.UTF_8).lines().forEach(line -> {}));
    assertThat(Await.until(PATIENCE, this::answers)).isTrue();
  }

  private boolean answers() {
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
      return socket.isConnected();
    } catch (IOException e) {
      return false;
    }
  }

  private static Process start(Class<?> main, String... arguments) throws IOException {
    List<String> words =
        new ArrayList<>(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "--enable-native-access=ALL-UNNAMED",
                "-Dpagereel.home=" + System.getProperty("pagereel.home"),
                "-cp",
                System.getProperty("java.class.path"),
                main.getName()));
    words.addAll(List.of(arguments));
    return new ProcessBuilder(words).redirectError(ProcessBuilder.Redirect.INHERIT).start();
  }

  /** {@code kill -9} of what {@link #spawn} started. */
  void kill() {
    if (process != null) {
      process.destroyForcibly().onExit().join();
      process = null;
    }
  }

  @Override
  public void close() {
    shut();
    kill();
  }
}
