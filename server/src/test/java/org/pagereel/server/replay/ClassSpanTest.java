package org.pagereel.server.replay;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.pagereel.server.replay.ReplayFailure.Cause;

/** A class lasts a day at the most. */
class ClassSpanTest {
  private static final Instant FIRST = Instant.parse("2026-01-01T08:00:00Z");

  @TempDir Path folder;

  @Test
  void aDayIsTheMost() throws Exception {
    write(FIRST, "TIMCustomElem", true);
    write(FIRST.plus(Duration.ofHours(24)), "TIMCustomElem", true);
    write(FIRST.plus(Duration.ofDays(3)), "TIMTextElem", true);
    append("no message\n{}\n[]\n{\"MsgBody\":7}\n");
    ClassSpan.check(file(), "g");
    write(FIRST.plus(Duration.ofHours(24)).plusSeconds(1), "TIMCustomElem", false);
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
    write(FIRST, "TIMCustomElem", true);
    ClassSpan.check(file(), "g");
  }

  private void write(Instant at, String type, boolean inMillis) throws Exception {
    append(
        "{\"MsgBody\":[{\"MsgType\":\"%s\",\"MsgContent\":{}}],\"MsgTimeStamp\":%d%s}\n"
            .formatted(
                type,
                at.getEpochSecond(),
                inMillis ? ",\"MsgTimeMillis\":" + at.toEpochMilli() : ""));
  }

  private void append(String text) throws Exception {
    Files.writeString(file(), text, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
  }

  private Path file() {
    return folder.resolve(ClassSource.MESSAGES);
  }
}
