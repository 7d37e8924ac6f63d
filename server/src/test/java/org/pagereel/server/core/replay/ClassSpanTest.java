package org.pagereel.server.core.replay;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.pagereel.recorder.folder.ClassEvent;
import org.pagereel.recorder.folder.ClassEvent.Kind;
import org.pagereel.recorder.wire.Json;
import org.pagereel.server.core.replay.ReplayFailure.Cause;

/** A class lasts a day at the most. */
class ClassSpanTest {
  private static final Instant FIRST = Instant.parse("2026-01-01T08:00:00Z");

  @TempDir Path folder;

  @Test
  void aDayIsTheMost() throws Exception {
    write(clock(FIRST));
    write(drawn(FIRST.plus(Duration.ofHours(24))));
    write(new ClassEvent.Unread(Kind.DATA, 3L, null, millis(FIRST.plus(Duration.ofDays(3)))));
    write(
        new ClassEvent.Video(4L, "u", false, millis(FIRST.plus(Duration.ofDays(2))), null, 0, ""));
    append("no message\n{}\n[]\n{\"event\":7}\n");
    ClassSpan.check(file(), "g");
    write(drawn(FIRST.plus(Duration.ofHours(24)).plusSeconds(1)));
    ClassUnavailable failure =
        catchThrowableOfType(ClassUnavailable.class, () -> ClassSpan.check(file(), "g"));
    assertThat(failure).isNotNull();
    assertThat(failure.failure().cause()).isEqualTo(Cause.TOO_LONG);
    assertThat(failure).hasMessageContaining("from 2026-01-01T08:00:00Z to 2026-01-02T08:00:01Z");
  }

  @Test
  void nothingIsNotTooLong() throws Exception {
    append("");
    ClassSpan.check(file(), "g");
    write(drawn(FIRST));
    ClassSpan.check(file(), "g");
  }

  /** A comparison of clocks is of the class, also one that cannot be read. */
  @Test
  void clocksCount() throws Exception {
    write(clock(FIRST));
    write(new ClassEvent.Unread(Kind.CLOCK, 2L, null, millis(FIRST.plus(Duration.ofHours(25)))));
    assertThatThrownBy(() -> ClassSpan.check(file(), "g")).isInstanceOf(ClassUnavailable.class);
  }

  private static ClassEvent drawn(Instant at) {
    return new ClassEvent.Board(1L, "u", 0, millis(at), 1, "b", Json.LINES.createArrayNode());
  }

  private static ClassEvent clock(Instant at) {
    return new ClassEvent.Clock(1L, "u", 0, millis(at), millis(at));
  }

  private static long millis(Instant at) {
    return at.toEpochMilli();
  }

  private void write(ClassEvent event) throws Exception {
    append(event.written() + "\n");
  }

  private void append(String text) throws Exception {
    Files.writeString(file(), text, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
  }

  private Path file() {
    return folder.resolve(ClassEvent.FILE);
  }
}
