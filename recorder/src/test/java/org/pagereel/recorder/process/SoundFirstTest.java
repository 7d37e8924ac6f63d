package org.pagereel.recorder.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Which threads go before others, by what the system says of them. */
class SoundFirstTest {
  private static final String SOUND = "threaded-ml";
  private static final Duration SOON = Duration.ofSeconds(10);

  @TempDir Path folder;
  private final List<Process> started = new ArrayList<>();

  @BeforeEach
  void itIsAllowedHere() throws Exception {
    assumeTrue(Uid.own() == 0, "only root may say who goes first");
    assumeTrue(
        new ProcessBuilder("chrt", "--rr", "1", "true").start().waitFor() == 0,
        "not even root may say who goes first here");
  }

  private final List<String> news = new CopyOnWriteArrayList<>();

  @AfterEach
  void end() {
    started.forEach(process -> process.destroyForcibly().onExit().join());
  }

  @Test
  void whatCarriesSoundGoesFirst() throws Exception {
    ProcessHandle daemon = sleeping("daemon");
    ProcessHandle sound = sleeping(SOUND);
    ProcessHandle other = sleeping("other");
    try (SoundFirst _ = SoundFirst.watch(() -> Stream.of(sound, other), daemon, news::add)) {
      assertThat(Await.until(SOON, () -> isFirst(sound) && isFirst(daemon))).isTrue();
      assertThat(isFirst(other)).isFalse();
    }
    assertThat(Await.until(SOON, () -> !isFirst(sound) && !isFirst(daemon)))
        .as("all is put back when it ends")
        .isTrue();
    assertThat(news).isEmpty();
  }

  /** As a page can have it, which computes as much sound as it likes. */
  @Test
  void whatComputesWithoutEndTakesItsTurn() throws Exception {
    ProcessHandle daemon = sleeping("daemon");
    ProcessHandle busy = start("yes", SOUND, List.of());
    try (SoundFirst _ = SoundFirst.watch(() -> Stream.of(busy), daemon, news::add)) {
      assertThat(Await.until(SOON, () -> isFirst(daemon))).isTrue();
      assertThat(Await.until(SOON, () -> !isFirst(daemon) && !isFirst(busy))).isTrue();
      assertThat(Await.until(SOON, () -> !news.isEmpty())).isTrue();
      assertThat(news).singleElement().asString().contains("more than half a core");
    }
  }

  /** A page could have each compute until the next look, and gone by then. */
  @Test
  void oneAfterTheOtherIsNotWithoutEnd() throws Exception {
    ProcessHandle daemon = sleeping("daemon");
    for (int i = 0; i < 40; i++) {
      sleeping(SOUND);
    }
    List<ProcessHandle> all = started.stream().map(Process::toHandle).toList();
    List<ProcessHandle> browser = all.subList(1, all.size());
    try (SoundFirst _ = SoundFirst.watch(browser::stream, daemon, news::add)) {
      assertThat(Await.until(SOON, () -> all.stream().filter(this::isFirst).count() >= 32))
          .isTrue();
      assertThat(all.stream().filter(this::isFirst).count()).isLessThan(35);
    }
  }

  private ProcessHandle sleeping(String name) throws IOException {
    return start("sleep", name, List.of("60"));
  }

  /** A program under another name: its first thread is called as its file is. */
  private ProcessHandle start(String program, String name, List<String> arguments)
      throws IOException {
    Path own = Files.createTempDirectory(folder, "program");
    Path file = Files.copy(Path.of("/usr/bin", program), own.resolve(name));
    // None may outlive this JVM: one of them would keep a core for itself.
    List<String> words = new ArrayList<>(List.of("setpriv", "--pdeathsig=KILL", file.toString()));
    words.addAll(arguments);
    Process process =
        new ProcessBuilder(words).redirectOutput(ProcessBuilder.Redirect.DISCARD).start();
    started.add(process);
    return process.toHandle();
  }

  /** The 41st field of its line in /proc is the policy; 2 is round robin. */
  private boolean isFirst(ProcessHandle process) {
    try {
      String line = Files.readString(Path.of("/proc", process.pid() + "", "stat"));
      return line.substring(line.lastIndexOf(')') + 2).split(" ", -1)[38].equals("2");
    } catch (IOException e) {
      return false;
    }
  }
}
