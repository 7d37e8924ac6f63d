package org.pagereel.recorder.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A display's socket goes with its server, however that ends, and no other's does. */
class DeadDisplaysTest {
  private static final Path FOLDER = Path.of("/tmp/.X11-unix");

  private final String label = "test-" + UUID.randomUUID();
  private final Account account = Account.ofThisProcess();
  private final Scratch scratch = Scratch.of(label);
  private final List<Process> servers = new ArrayList<>();
  private final List<Path> made = new ArrayList<>();

  @BeforeEach
  void begin() {
    scratch.create();
  }

  @AfterEach
  void end() throws Exception {
    for (Process server : servers) {
      server.destroyForcibly().onExit().join();
    }
    for (Path path : made) {
      Files.deleteIfExists(path);
    }
    Leftovers.reap(label);
  }

  @Test
  void aServerThatDoesNotHearTermLeavesNoSocket() throws Exception {
    Path socket = start();
    pause(servers.getFirst());
    Leftovers.reap(label);
    assertThat(servers.getFirst().waitFor(10, TimeUnit.SECONDS)).isTrue();
    assertThat(socket).doesNotExist();
  }

  /** Perhaps before it could say its number: nothing tells whose the socket was. */
  @Test
  void aServerThatWasKilledBeforeLeavesNoSocket() throws Exception {
    Path socket = start();
    servers.getFirst().destroyForcibly().onExit().join();
    assertThat(socket).exists();
    Leftovers.reap(label);
    assertThat(socket).doesNotExist();
  }

  @Test
  void aDisplayThatIsInUseIsLeft() throws Exception {
    Path socket = start();
    DeadDisplays.remove(account);
    assertThat(socket).exists();
  }

  @Test
  void aServerThatDoesNotListenYetIsLeft() throws Exception {
    Path socket = unused();
    try (SocketChannel _ = bound(socket)) {
      account.own(socket);
      DeadDisplays.remove(account);
      assertThat(socket).exists();
    }
    DeadDisplays.remove(account);
    assertThat(socket).doesNotExist();
  }

  @Test
  void whatIsSomebodyElsesIsLeft() throws Exception {
    assumeTrue("root".equals(System.getProperty("user.name")), "only root has files of others");
    Path socket = unused();
    bound(socket).close();
    DeadDisplays.remove(account);
    assertThat(socket).exists();
  }

  @Test
  void whatIsNoDisplayIsLeft() throws Exception {
    Path other = Files.createFile(FOLDER.resolve("x" + label));
    made.add(other);
    account.own(other);
    DeadDisplays.remove(account);
    assertThat(other).exists();
  }

  /** The socket of a new display under the label. */
  private Path start() throws IOException {
    Child child =
        Child.start(
            "xvfb",
            List.of("Xvfb", "-displayfd", "1", "-screen", "0", "320x240x24"),
            "TERM",
            account,
            scratch,
            Map.of(Label.VARIABLE, label));
    servers.add(child.process());
    String number = child.process().inputReader(StandardCharsets.US_ASCII).readLine();
    return FOLDER.resolve("X" + number);
  }

  private Path unused() {
    int number = 9000;
    while (Files.exists(FOLDER.resolve("X" + number))) {
      number++;
    }
    made.add(FOLDER.resolve("X" + number));
    return made.getLast();
  }

  /** A socket that is there but not listened to, as it is for a moment when a server begins. */
  private static SocketChannel bound(Path path) throws IOException {
    return SocketChannel.open(StandardProtocolFamily.UNIX).bind(UnixDomainSocketAddress.of(path));
  }

  private static void pause(Process process) throws Exception {
    Process kill =
        new ProcessBuilder("kill", "-STOP", String.valueOf(process.pid())).inheritIO().start();
    assertThat(kill.waitFor()).isZero();
  }
}
