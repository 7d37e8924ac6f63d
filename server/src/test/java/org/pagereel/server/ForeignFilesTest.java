package org.pagereel.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.CleanupMode;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.io.TempDirFactory;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.pagereel.recorder.process.Await;

/**
 * A user may keep anything in the system's temporary folder, under names like ours too: recordings,
 * a server's data, and what has nothing to do with us.
 */
@WholeMachine
class ForeignFilesTest {
  private static final Duration LONG = Duration.ofSeconds(60);

  @TempDir Path logs;

  /** Its name begins as ours once did. */
  @TempDir(factory = LikeOurs.class, cleanup = CleanupMode.ALWAYS)
  Path place;

  private final Bystanders bystanders = Bystanders.place();

  static final class LikeOurs implements TempDirFactory {
    @Override
    public Path createTempDirectory(
        org.junit.jupiter.api.extension.AnnotatedElementContext element,
        org.junit.jupiter.api.extension.ExtensionContext context)
        throws IOException {
      return Files.createTempDirectory("pagereel-");
    }
  }

  @AfterEach
  void nothingIsLeft() {
    assertThat(bystanders.missing()).isEmpty();
    LeftoverCheck.assertNothingLeft();
  }

  @Test
  void aRecordingGoesThere() throws Exception {
    Path kept = Files.writeString(place.resolve("kept"), "somebody's");
    Path out = place.resolve("out");
    Cli.Result result = run("record", "--size=640x360", "--for=1s", "--out=" + out).await(LONG);
    assertThat(result.code()).as(result.output()).isZero();
    assertThat(out.resolve("page.mp4")).exists();
    assertThat(kept).exists();
  }

  /** Who may enter a folder that was there is its owner's choice; a new one is the server's. */
  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void aServersDataLiesThere(boolean isThere) throws Exception {
    Path kept = Files.writeString(place.resolve("kept"), "somebody's");
    Path data = place.resolve("data");
    if (isThere) {
      Files.createDirectory(data);
      Files.setPosixFilePermissions(data, PosixFilePermissions.fromString("rwxr-x---"));
    }
    Cli server = run("serve", "--listen=127.0.0.1:0", "--data=" + data);
    try {
      assertThat(Await.until(LONG, () -> output(server).contains("http://"))).isTrue();
      assertThat(data.resolve("node")).exists();
    } finally {
      server.process().destroy();
      server.await(LONG);
    }
    assertThat(data.resolve("node")).exists();
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(data)))
        .isEqualTo(isThere ? "rwxr-x---" : "rwx------");
    assertThat(kept).exists();
  }

  @Test
  void aClassThatCannotBeReplayedStays() throws Exception {
    Path kept = Files.writeString(place.resolve("kept"), "somebody's");
    Files.createDirectory(place.resolve("parts"));
    Path part = Files.writeString(place.resolve("parts/sound.txt"), "somebody's");
    Cli.Result result = run("replay", place.toString()).await(LONG);
    assertThat(result.code()).as(result.output()).isNotZero();
    assertThat(kept).exists();
    assertThat(part).exists();
  }

  @Test
  void aReplayDoesNotWorkInAFolderOfSomebodyElse() throws Exception {
    Files.createFile(place.resolve("messages.jsonl"));
    Files.createDirectory(place.resolve("parts"));
    Path part = Files.writeString(place.resolve("parts/sound.txt"), "somebody's");
    Cli.Result result = run("replay", place.toString()).await(LONG);
    assertThat(result.code()).isNotZero();
    assertThat(result.output()).contains("parts is not of Pagereel's making");
    assertThat(part).exists();
  }

  private Cli run(String... arguments) throws IOException {
    return Cli.start(logs, Map.of(), arguments);
  }

  private static String output(Cli cli) {
    try {
      return cli.output();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
