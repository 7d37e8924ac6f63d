package org.pagereel.server.platform.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import org.pagereel.recorder.process.Await;
import org.pagereel.server.FreePort;

/**
 * Debian's pgbouncer in front of a PostgreSQL: each transaction gets another connection of few. Its
 * package is {@code pgbouncer}.
 */
public final class PgBouncer implements AutoCloseable {
  private static final Path PROGRAM = Path.of("/usr/sbin/pgbouncer");
  private static final Duration WITHIN = Duration.ofSeconds(10);

  private final Path folder;
  private final int port;
  private final Process process;

  /** Starts one for the server at this port. */
  public PgBouncer(int postgres) throws IOException {
    assertThat(PROGRAM).exists();
    port = FreePort.find();
    folder = Files.createTempDirectory("pagereel-pgbouncer");
    Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwxr-xr-x"));
    Path configuration =
        Files.writeString(
            folder.resolve("pgbouncer.ini"),
            """
            [databases]
            * = host=127.0.0.1 port=%d user=pagereel
            [pgbouncer]
            listen_addr = 127.0.0.1
            listen_port = %d
            unix_socket_dir =
            auth_type = any
            pool_mode = transaction
            default_pool_size = 8
            max_client_conn = 1000
            ignore_startup_parameters = extra_float_digits
            """
                .formatted(postgres, port));
    // It refuses to be root.
    process =
        new ProcessBuilder(
                "setpriv",
                "--reuid=nobody",
                "--clear-groups",
                "--pdeathsig=KILL",
                "--",
                PROGRAM.toString(),
                "-q",
                configuration.toString())
            .redirectErrorStream(true)
            .redirectOutput(folder.resolve("log").toFile())
            .start();
    assertThat(Await.until(WITHIN, this::answers))
        .as(Files.readString(folder.resolve("log")))
        .isTrue();
  }

  /** An address by way of it. */
  public String through(String direct, int postgres) {
    return direct.replace(":" + postgres + "/", ":" + port + "/");
  }

  private boolean answers() {
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
      return socket.isConnected();
    } catch (IOException e) {
      return false;
    }
  }

  @Override
  public void close() {
    process.destroy();
    process.onExit().join();
    try {
      Files.delete(folder.resolve("pgbouncer.ini"));
      Files.delete(folder.resolve("log"));
      Files.delete(folder);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
