package org.pagereel.server.core.replay;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.pagereel.recorder.wire.Json;
import org.pagereel.server.core.replay.ReplayFailure.Cause;

/** A class lasts a day at the most. */
class ClassSpanTest {
  private static final String DRAWN = "{\"value\":{\"actions\":[]}}";
  private static final Instant FIRST = Instant.parse("2026-01-01T08:00:00Z");

  @TempDir Path folder;

  @Test
  void aDayIsTheMost() throws Exception {
    write(FIRST, DRAWN, true);
    write(FIRST.plus(Duration.ofHours(24)), DRAWN, true);
    write(FIRST.plus(Duration.ofDays(3)), "hello", true);
    write(FIRST.plus(Duration.ofDays(2)), "{\"type\":1004,\"value\":{}}", true);
    append("no message\n{}\n[]\n{\"MsgBody\":7}\n");
    ClassSpan.check(file(), "g");
    write(FIRST.plus(Duration.ofHours(24)).plusSeconds(1), DRAWN, false);
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
    write(FIRST, DRAWN, true);
    ClassSpan.check(file(), "g");
  }

  private void write(Instant at, String data, boolean inMillis) throws Exception {
    append(
        "{\"MsgBody\":[{\"MsgContent\":{\"Data\":%s}}],\"MsgTimeStamp\":%d%s}\n"
            .formatted(
                Json.LINES.writeValueAsString(data),
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
