package org.pagereel.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.pagereel.recorder.process.Await;
import org.pagereel.server.tools.measure.Decoded;

/** What runs keeps its own build, whatever becomes of the sources; and old builds go. */
@Timeout(180)
@WholeMachine
class BuildFolderTest {
  private static final Duration LONG = Duration.ofSeconds(60);

  @TempDir Path folder;

  @AfterAll
  static void nothingIsLeft() {
    LeftoverCheck.assertNothingLeft();
  }

  static List<String> endings() {
    return LongForm.isOn() ? List.of("INT", "KILL") : List.of("KILL");
  }

  /** Also a recorder whose command was killed, and which completes its files alone. */
  @ParameterizedTest
  @SideBySide
  @MethodSource("endings")
  void aRecorderGoesOnAfterARebuild(String end) throws Exception {
    Checkout checkout = new Checkout(folder);
    Path out = folder.resolve("out");
    Checkout.Launched record =
        checkout.launch("record", "--size=640x360", "--out=" + out, "--for=40s");
    assertThat(Await.until(LONG, () -> printed(record, "Recording 640x360")))
        .as(record.output())
        .isTrue();
    Path used = checkout.build();

    Files.createFile(checkout.file("broken"));
    checkout.change();
    assertThat(checkout.launch("--version").end()).contains("Built in");
    assertThat(checkout.builds()).hasSize(2).contains(used);
    Checkout.run("kill", "-" + end, String.valueOf(record.process().pid()));
    checkout.launch("--version").end();

    assertThat(Await.until(LONG, () -> isFinished(out))).as(record.output()).isTrue();
    record.end();
    assertThat(Decoded.complaints(out.resolve("page.mp4"))).isEmpty();
    assertThat(used.resolve("recorder/target/classes")).isNotEmptyDirectory();
    assertThat(Await.until(LONG, () -> isDeletedByAStart(checkout, used))).isTrue();
  }

  @Test
  @SideBySide
  void aChangedPageNeedsNoMaven() throws Exception {
    Checkout checkout = new Checkout(folder);
    assertThat(checkout.launch("record", "--help").end()).contains("Built in", "Record a page");
    Path first = checkout.build();
    assertThat(checkout.launch("record", "--help").end()).doesNotContain("Built in");
    Files.writeString(checkout.file("record-page/pages/new.html"), "new");
    Files.createFile(checkout.file("broken")); // would be seen if Maven ran
    assertThat(checkout.launch("record", "--help").end()).contains("Built in", "Record a page");

    assertThat(checkout.mavenRuns()).isEqualTo(1);
    assertThat(checkout.build().resolve("record-page/pages/new.html")).hasContent("new");
    assertThat(first).as("nothing ran from it").doesNotExist();
    assertThat(checkout.builds()).containsExactly(checkout.build());
  }

  /** A name alone, or a mark alone, proves nothing; and a link leads elsewhere. */
  @Test
  @SideBySide
  void onlyBuildsAreDeleted() throws Exception {
    Checkout checkout = new Checkout(folder);
    checkout.launch("--version").end();
    Path builds = checkout.build().getParent();
    Path mark = Path.of(".pagereel-build");
    Path unmarked = Files.createDirectory(builds.resolve("20200101T000000Z"));
    Path misnamed = Files.createDirectory(builds.resolve("mine"));
    Files.createFile(misnamed.resolve(mark));
    Path elsewhere = Files.createDirectory(folder.resolve("20200102T000000Z"));
    Files.createFile(elsewhere.resolve(mark));
    Path link = Files.createSymbolicLink(builds.resolve("20200102T000000Z"), elsewhere);
    Path old = Files.createDirectory(builds.resolve("20200103T000000Z"));
    Files.createFile(old.resolve(mark));
    Files.createFile(old.resolve("some file"));
    Path used = Files.createDirectory(builds.resolve("20200104T000000Z-2"));
    String lock = Files.createFile(used.resolve(mark)).toString();
    Process user = new ProcessBuilder("flock", "--shared", "-F", lock, "sleep", "600").start();
    try {
      assertThat(Await.until(LONG, () -> isLocked(lock))).isTrue();
      assertThat(checkout.launch("--version").end()).doesNotContain("Built");
      assertThat(List.of(unmarked, misnamed, elsewhere, link, used, checkout.build()))
          .allMatch(Files::exists);
      assertThat(elsewhere.resolve(mark)).exists();
      assertThat(old).doesNotExist();
    } finally {
      user.destroyForcibly().waitFor();
    }
    checkout.launch("--version").end();
    assertThat(used).doesNotExist();
  }

  @Test
  @SideBySide
  void throughALinkAndAfterAMove() throws Exception {
    Checkout checkout = new Checkout(folder);
    checkout.launch("--version").end();
    Path moved = folder.resolve("moved");
    Files.move(checkout.file(""), moved);
    Path link = Files.createSymbolicLink(folder.resolve("link"), moved.resolve("pagereel"));
    assertThat(checkout.launch(link, "record", "--help").end())
        .contains("Record a page")
        .doesNotContain("Building");
  }

  /** A recorder whose command is dead closes its report some time after its video is there. */
  private static boolean isFinished(Path out) {
    try {
      return Files.readString(out.resolve("recording.json")).contains("FINISHED");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static boolean isDeletedByAStart(Checkout checkout, Path build) {
    try {
      checkout.launch("--version").end();
      return !Files.exists(build);
    } catch (Exception e) {
      throw new IllegalStateException(e);
    }
  }

  private static boolean isLocked(String file) {
    try {
      return new ProcessBuilder("flock", "-x", "-n", file, "true").start().waitFor() != 0;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  private static boolean printed(Checkout.Launched launched, String text) {
    try {
      return launched.output().contains(text);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
