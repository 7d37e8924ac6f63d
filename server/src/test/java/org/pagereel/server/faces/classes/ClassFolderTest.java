package org.pagereel.server.faces.classes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.pagereel.recorder.FailureCategory;
import org.pagereel.recorder.RecordingFailure;
import org.pagereel.recorder.folder.ClassEvent;

/** A folder of messages is translated; events that somebody else has written stay as they are. */
class ClassFolderTest {
  private static final String MESSAGE = "{\"MsgSeq\":%d,\"MsgBody\":[]}\n";

  @TempDir Path folder;

  @Test
  void messagesAreTranslatedAnewEachTime() throws Exception {
    put("messages.jsonl", MESSAGE.formatted(3));
    ClassFolder.translate(folder);
    assertThat(events()).endsWith(new ClassEvent.Hole(2).written() + "\n");
    put("messages.jsonl", MESSAGE.formatted(5)); // somebody has edited them
    ClassFolder.translate(folder);
    assertThat(events()).endsWith(new ClassEvent.Hole(4).written() + "\n");
    ClassFolder.tidy(folder);
    assertThat(folder).isDirectoryContaining("glob:**/messages.jsonl");
    assertThat(folder.resolve(ClassEvent.FILE)).doesNotExist();
    ClassFolder.tidy(folder);
  }

  @Test
  void eventsOfSomebodyElseCountAndStay() throws Exception {
    String theirs = new ClassEvent.Hole(1).written() + "\n";
    put(ClassEvent.FILE, theirs);
    ClassFolder.translate(folder);
    put("messages.jsonl", MESSAGE.formatted(3));
    ClassFolder.translate(folder);
    ClassFolder.tidy(folder);
    assertThat(events()).isEqualTo(theirs);
    put(ClassEvent.FILE, "");
    ClassFolder.translate(folder);
    ClassFolder.tidy(folder);
    assertThat(events()).isEmpty();
  }

  /** A folder that has lost its messages still has what was made of them. */
  @Test
  void aTranslationAloneIsEnough() throws Exception {
    put("messages.jsonl", MESSAGE.formatted(3));
    ClassFolder.translate(folder);
    Files.delete(folder.resolve("messages.jsonl"));
    String translated = events();
    ClassFolder.translate(folder);
    ClassFolder.tidy(folder);
    assertThat(events()).isEqualTo(translated);
  }

  @Test
  void withoutMessagesItIsNoClass() {
    assertThatThrownBy(() -> ClassFolder.translate(folder))
        .isInstanceOf(RecordingFailure.class)
        .hasMessage("No class in " + folder + ": it has no messages.jsonl");
    Path nowhere = folder.resolve("nowhere");
    assertThatThrownBy(() -> ClassFolder.translate(nowhere))
        .hasMessage("No class in " + nowhere + ": it has no messages.jsonl");
    assertThat(nowhere).doesNotExist();
  }

  @Test
  void aFolderThatCannotBeWritten() throws Exception {
    put("messages.jsonl", MESSAGE.formatted(3));
    Files.createDirectory(folder.resolve("." + ClassEvent.FILE + ".new"));
    assertThatThrownBy(() -> ClassFolder.translate(folder))
        .isInstanceOfSatisfying(
            RecordingFailure.class,
            failure -> assertThat(failure.category()).isEqualTo(FailureCategory.CAPACITY))
        .hasMessageContaining("Replaying " + folder + ": ");
  }

  private void put(String name, String text) throws IOException {
    Files.writeString(folder.resolve(name), text);
  }

  private String events() throws IOException {
    return Files.readString(folder.resolve(ClassEvent.FILE));
  }
}
