package org.pagereel.server.platform.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.pagereel.recorder.process.Account;
import org.pagereel.recorder.process.Await;
import org.pagereel.server.FreePort;
import org.pagereel.server.platform.config.PostgresSettings;

/** A PostgreSQL of the test's own, on loopback, with as many databases as tests want. */
public final class PostgresServer implements AutoCloseable {
  private static final Duration WITHIN = Duration.ofSeconds(60);

  /** A server that comes with Debian, and the newest one that is published as a library. */
  public enum Make {
    DEBIAN,
    NEWEST
  }

  private final Path home;
  private final Path programs;
  private final List<String> addresses;
  private final int port;
  private final AtomicInteger databases = new AtomicInteger();
  private @Nullable Process process;

  private PostgresServer(Path home, Path programs, List<String> addresses, int port) {
    this.addresses = addresses;
    this.home = home;
    this.programs = programs;
    this.port = port;
  }

  /** Starts one; empty if its programs are not here. */
  public static Optional<PostgresServer> open(Make make) throws IOException, InterruptedException {
    return open(make, List.of());
  }

  /**
   * The same, which listens on these addresses of this machine as well, to its neighbours there.
   */
  public static Optional<PostgresServer> open(Make make, List<String> addresses)
      throws IOException, InterruptedException {
    Path home = Files.createTempDirectory("pagereel-postgres");
    Files.setPosixFilePermissions(home, PosixFilePermissions.fromString("rwxr-xr-x"));
    Optional<Path> programs =
        switch (make) {
          case DEBIAN -> debian();
          case NEWEST -> newest(home);
        };
    if (programs.isEmpty()) {
      remove(home);
      return Optional.empty();
    }
    PostgresServer server = new PostgresServer(home, programs.get(), addresses, FreePort.find());
    Runtime.getRuntime().addShutdownHook(new Thread(server::close, "postgres-end"));
    Path data = Files.createDirectory(home.resolve("data"));
    Account.ofThisProcess().own(data);
    server.run(
        "initdb",
        "--pgdata=" + data,
        "--username=pagereel",
        "--auth=trust",
        "--encoding=UTF8",
        "--locale=C.UTF-8",
        "--no-sync");
    Files.writeString(
        data.resolve("pg_hba.conf"), "host all all samenet trust\n", StandardOpenOption.APPEND);
    server.start();
    return Optional.of(server);
  }

  private static Optional<Path> debian() {
    Path here = Path.of(System.getProperty("pagereel.home"), ".pagereel/tools");
    return Stream.of(Path.of("/"), here)
        .map(root -> root.resolve("usr/lib/postgresql/15/bin"))
        .filter(bin -> Files.isExecutable(bin.resolve("postgres")))
        .findFirst();
  }

  private static Optional<Path> newest(Path home) throws IOException, InterruptedException {
    try (InputStream archive =
        PostgresServer.class.getResourceAsStream("/postgres-linux-x86_64.txz")) {
      if (archive == null) {
        return Optional.empty();
      }
      Path file = home.resolve("postgres.txz");
      Files.copy(archive, file, StandardCopyOption.REPLACE_EXISTING);
      Path programs = Files.createDirectory(home.resolve("programs"));
      int code =
          new ProcessBuilder("tar", "-xJf", file.toString(), "-C", programs.toString())
              .inheritIO()
              .start()
              .waitFor();
      assertThat(code).as("tar").isZero();
      return Optional.of(programs.resolve("bin"));
    }
  }

  /** Starts it again; what was stored is there. */
  public void start() throws IOException {
    process =
        command(
                "postgres",
                "-D",
                home.resolve("data").toString(),
                "-p",
                String.valueOf(port),
                "-c",
                "listen_addresses="
                    + String.join(
                        ",", Stream.concat(Stream.of("127.0.0.1"), addresses.stream()).toList()),
                "-c",
                "unix_socket_directories=",
                "-c",
                "max_connections=1000",
                "-c",
                // a test ends processes, and no machine
                "fsync=" + (Boolean.getBoolean("pagereel.fsync") ? "on" : "off"))
            .start();
    assertThat(Await.until(WITHIN, this::answers)).as("%s", home).isTrue();
  }

  /** Ends it as an administrator does who does not wait for those who are connected. */
  public void stop() throws InterruptedException {
    Process running = process;
    if (running != null) {
      signal(running.pid(), "INT");
      if (!running.waitFor(WITHIN.toSeconds(), TimeUnit.SECONDS)) {
        running.destroyForcibly().waitFor();
      }
      process = null;
    }
  }

  /** Stops or continues all of its processes. */
  public void signalAll(String name) {
    Process running = process;
    if (running != null) {
      running.descendants().forEach(child -> signal(child.pid(), name));
      signal(running.pid(), name);
    }
  }

  /** Processor time that its processes have used so far. */
  public double cpuSeconds() {
    Process running = process;
    return running == null
        ? 0
        : Stream.concat(Stream.of(running.toHandle()), running.descendants())
            .flatMap(one -> one.info().totalCpuDuration().stream())
            .mapToDouble(used -> used.toMillis() / 1e3)
            .sum();
  }

  private static void signal(long pid, String name) {
    try {
      new ProcessBuilder("kill", "-" + name, String.valueOf(pid)).inheritIO().start().waitFor();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  public int port() {
    return port;
  }

  /** A new empty database. */
  public PostgresSettings database() {
    String name = "test" + databases.incrementAndGet();
    execute("CREATE DATABASE " + name);
    return at(name);
  }

  /** A database that is there. */
  public PostgresSettings at(String database) {
    return new PostgresSettings(
        url(database), "pagereel", null, PostgresSettings.DEFAULT_POOL, true, null);
  }

  private String url(String database) {
    return "jdbc:postgresql://127.0.0.1:" + port + "/" + database;
  }

  /** Does what only an administrator may. */
  public void execute(String sql) {
    try (var connection = DriverManager.getConnection(url("postgres"), "pagereel", null);
        Statement statement = connection.createStatement()) {
      statement.execute(sql);
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  private boolean answers() {
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
      execute("SELECT 1");
      return socket.isConnected();
    } catch (IOException | IllegalStateException e) {
      return false;
    }
  }

  private void run(String... words) throws IOException, InterruptedException {
    assertThat(command(words).start().waitFor()).as("%s", List.of(words)).isZero();
  }

  private ProcessBuilder command(String... words) {
    // It refuses to run as root, and would end with the thread that starts it if it were told to.
    List<String> command = new ArrayList<>();
    if (System.getProperty("user.name").equals("root")) {
      command.addAll(List.of("setpriv", "--reuid=pagereel", "--regid=pagereel", "--init-groups"));
    }
    command.add(programs.resolve(words[0]).toString());
    command.addAll(List.of(words).subList(1, words.length));
    return new ProcessBuilder(command)
        .directory(Path.of("/").toFile())
        .redirectErrorStream(true)
        .redirectOutput(ProcessBuilder.Redirect.appendTo(home.resolve("log").toFile()));
  }

  @Override
  public void close() {
    Process running = process;
    if (running != null) {
      running.descendants().forEach(ProcessHandle::destroyForcibly);
      running.destroyForcibly().onExit().join();
      process = null;
    }
    remove(home);
  }

  private static void remove(Path folder) {
    if (!Files.exists(folder)) {
      return;
    }
    try (Stream<Path> all = Files.walk(folder)) {
      for (Path one : all.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(one);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
