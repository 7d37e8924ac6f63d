package org.pagereel.recorder.process;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A browser whose renderers are gone is told from one that changes them, and from a dead one. */
class RenderersTest {
  private final List<Process> all = new ArrayList<>();
  private final Renderers renderers =
      new Renderers(() ->
          all.getFirst().isAlive()
              ? all.stream().filter(Process::isAlive).map(Process::toHandle)
              : Stream.empty());

  @AfterEach
  void end() {
    all.forEach(Process::destroyForcibly);
  }

  @Test
  void areGone() throws Exception {
    start("--type=browser");
    Process page = start("--type=renderer");
    Process other = start("--type=renderer");
    renderers.find();
    assertThat(looks(3)).containsOnly(false);
    kill(page);
    assertThat(looks(3)).as("another one is there").containsOnly(false);
    kill(other);
    assertThat(looks(3)).containsExactly(false, true, true);
  }

  @Test
  void anotherPageMayHaveAnotherOne() throws Exception {
    start("--type=browser");
    Process page = start("--type=renderer");
    renderers.find();
    kill(page);
    assertThat(looks(1)).containsOnly(false);
    start("--type=renderer");
    assertThat(looks(3)).containsOnly(false);
  }

  @Test
  void othersTellThatTheBrowserHasEnded() throws Exception {
    Process browser = start("--type=browser");
    Process page = start("--type=renderer");
    renderers.find();
    kill(page);
    kill(browser);
    assertThat(looks(3)).containsOnly(false);
  }

  private List<Boolean> looks(int many) {
    List<Boolean> found = new ArrayList<>();
    for (int i = 0; i < many; i++) {
      found.add(renderers.areGone());
    }
    return found;
  }

  /** A process that has this word in its command line. */
  private Process start(String word) throws IOException {
    Process process = new ProcessBuilder("bash", "-c", "read -r line", word).start();
    all.add(process);
    return process;
  }

  private static void kill(Process process) throws InterruptedException {
    process.destroyForcibly().waitFor();
  }
}
