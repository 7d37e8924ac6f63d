package org.pagereel.recorder.child;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A display's socket goes with its server, however that ends, and no other's does. */
class DisplaySocketTest {
  private final String label = "test-" + UUID.randomUUID();
  private final Scratch scratch = Scratch.of(label);
  private final List<Process> servers = new ArrayList<>();

  @AfterEach
  void end() {
    for (Process server : servers) {
      server.destroyForcibly().onExit().join();
    }
    Leftovers.reap(label);
  }

  @Test
  void aServerThatDoesNotHearTermLeavesNoSocket() throws Exception {
    scratch.create();
    DisplaySocket socket = start();
    Files.delete(scratch.file("display")); // as if it was killed before it could say its number
    pause(servers.getFirst());
    Leftovers.reap(label);
    assertThat(servers.getFirst().isAlive()).isFalse();
    assertThat(socket.path()).doesNotExist();
  }

  @Test
  void aServerThatWasKilledBeforeLeavesNoSocket() throws Exception {
    scratch.create();
    DisplaySocket socket = start();
    servers.getFirst().destroyForcibly().onExit().join();
    assertThat(socket.path()).exists();
    Leftovers.reap(label);
    assertThat(socket.path()).doesNotExist();
  }

  @Test
  void aNumberThatAnotherServerHasByNowIsLeftToIt() throws Exception {
    scratch.create();
    DisplaySocket socket = start();
    String other = "test-" + UUID.randomUUID();
    try {
      Scratch.of(other).create();
      Files.copy(scratch.file("display"), Scratch.of(other).file("display"));
      Leftovers.reap(other);
      assertThat(socket.path()).exists();
    } finally {
      Leftovers.reap(other);
    }
  }

  @Test
  void whatIsNoDisplayNamesNoSocket() {
    assertThat(DisplaySocket.of(":../../etc/passwd")).isEmpty();
    assertThat(DisplaySocket.of("3")).isEmpty();
    assertThat(DisplaySocket.of("")).isEmpty();
  }

  /** The socket of a new display under the label, noted as the recorder notes it. */
  private DisplaySocket start() throws IOException {
    ProcessBuilder builder =
        new ProcessBuilder("Xvfb", "-displayfd", "1", "-screen", "0", "320x240x24")
            .redirectError(ProcessBuilder.Redirect.DISCARD);
    builder.environment().put(Label.VARIABLE, label);
    Process server = builder.start();
    servers.add(server);
    String number = server.inputReader(StandardCharsets.US_ASCII).readLine();
    Files.writeString(scratch.file("display"), ":" + number);
    DisplaySocket noted = DisplaySocket.of(":" + number).orElseThrow();
    assertThat(DisplaySocket.of(server.toHandle())).containsExactly(noted);
    return noted;
  }

  private static void pause(Process process) throws Exception {
    Process kill =
        new ProcessBuilder("kill", "-STOP", String.valueOf(process.pid())).inheritIO().start();
    assertThat(kill.waitFor()).isZero();
  }
}
