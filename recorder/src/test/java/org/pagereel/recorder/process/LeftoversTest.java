package org.pagereel.recorder.process;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LeftoversTest {
  private final String label = "test-" + UUID.randomUUID();
  private final Scratch scratch = Scratch.of(label);

  @TempDir Path folder;

  @AfterEach
  void remove() {
    scratch.delete();
  }

  @Test
  void anAbandonedFolderGoesAndOneInUseStays() throws IOException {
    scratch.create();
    Process user = carrying(label);
    try {
      Leftovers.reapAbandoned();
      assertThat(scratch.folder()).exists();
      assertThat(user.isAlive()).isTrue();
    } finally {
      user.destroyForcibly().onExit().join();
    }
    Leftovers.reapAbandoned();
    assertThat(scratch.folder()).doesNotExist();
    assertThat(Scratch.labels()).doesNotContain(label);
  }

  /**
   * The names are those that were once taken for ours, and those that are ours but for a marker.
   */
  @Test
  void whatNoMarkerNamesStays() throws IOException {
    scratch.create(); // so that the root is there
    Path temporary = Path.of(System.getProperty("java.io.tmpdir"));
    String name = "x" + UUID.randomUUID();
    for (Path place :
        new Path[] {
          temporary.resolve("pagereel-" + name),
          Scratch.root().resolve(name),
          Scratch.of(name).folder()
        }) {
      Path file = Files.createFile(place.resolveSibling(place.getFileName() + ".file"));
      Path kept = Files.createFile(Files.createDirectory(place).resolve("kept"));
      try {
        Leftovers.reapAbandoned();
        Leftovers.reapAll("x");
        Leftovers.reap(name);
        assertThat(kept).exists();
        assertThat(file).exists();
      } finally {
        Files.deleteIfExists(kept);
        Files.deleteIfExists(place);
        Files.deleteIfExists(file);
      }
    }
  }

  @Test
  void whatLinksPointToStays() throws IOException {
    Path outside = Files.createDirectory(folder.resolve("outside"));
    Path kept = Files.createFile(outside.resolve("kept"));
    scratch.create();
    Files.createSymbolicLink(scratch.file("link"), outside);
    Files.createSymbolicLink(scratch.file("file"), kept);
    Leftovers.reap(label);
    assertThat(scratch.folder()).doesNotExist();
    assertThat(kept).exists();
  }

  /** Any process may put anything into its environment, and root reads all of them. */
  @Test
  void aLabelThatIsNoneLeadsNowhere() throws IOException {
    Path kept = Files.createDirectory(folder.resolve("kept"));
    String prefix = "test-" + UUID.randomUUID();
    Process liar = carrying(prefix + "/../" + Scratch.root().relativize(kept));
    try {
      Leftovers.reapAll(prefix);
      assertThat(kept).exists();
      assertThat(liar.isAlive()).isTrue();
    } finally {
      liar.destroyForcibly().onExit().join();
    }
  }

  @Test
  void afterADeathBetweenMarkerAndFolderTheLabelCanBeUsed() throws IOException {
    scratch.create();
    Files.delete(scratch.folder());
    assertThat(Scratch.labels()).contains(label);
    scratch.create();
    assertThat(scratch.folder()).exists();
  }

  /** Chromium's socket below a replay's browser folder: the longest path that we ask for. */
  @Test
  void pathsAreShortWhateverTheLabel() {
    String socket = "/b12345/t/org.chromium.Chromium.123456/SingletonSocket";
    String root = "/tmp/.pagereel-4294967294";
    String name = String.valueOf(Scratch.of("x".repeat(60)).folder().getFileName());
    assertThat(root + "/" + name + socket).hasSizeLessThan(108);
  }

  private static Process carrying(String value) throws IOException {
    ProcessBuilder builder = new ProcessBuilder("sleep", "60");
    builder.environment().put(Label.VARIABLE, value);
    return builder.start();
  }
}
