package org.pagereel.server.platform.logging;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.joran.JoranConfigurator;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.LoggingEvent;
import ch.qos.logback.core.ConsoleAppender;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.pagereel.recorder.PlainText;

/** Pages and callers write part of what is logged; it must not command terminals or forge lines. */
class TextLogTest {
  /** Clears the screen, sets the title, begins a line, and so on in C1 and by direction. */
  private static final String HOSTILE =
      "a\u001b[2Jb\u001b]0;owned\u0007c\r\n00:00:00.000 INFO  Forged d\u009b31me\u2028f\u202eg\u0000h\bi";

  @Test
  void oneLineWhateverIsLogged() throws Exception {
    String logged = logged("The page says {}", null, "room\u001b[31m\n1");
    assertThat(logged).endsWith("\n").doesNotContain("%");
    assertThat(logged.lines()).hasSize(1);
    assertPlain(logged);
    assertThat(logged).contains("The page says a [2Jb").contains("room [31m 1");
  }

  @Test
  void errorsToo() throws Exception {
    Throwable error = new IOException(HOSTILE, new IllegalStateException(HOSTILE));
    String logged = logged("It failed: {}", error, "room");
    List<String> lines = logged.lines().toList();
    assertThat(lines).hasSizeGreaterThan(3);
    assertThat(lines.subList(1, lines.size())).allMatch(line -> line.startsWith("    "));
    lines.forEach(TextLogTest::assertPlain);
    assertThat(logged).contains("Caused by: java.lang.IllegalStateException");
  }

  @Test
  void whatPeopleWriteStays() {
    assertThat(PlainText.of("数学 & 1, naïve – “ok” 🎬")).isEqualTo("数学 & 1, naïve – “ok” 🎬");
  }

  private static void assertPlain(String text) {
    assertThat(text.strip()).doesNotContainPattern("[\\p{Cc}\\u2028\\u2029\\u202a-\\u202e]");
  }

  /** Through the configuration of the product. */
  private static String logged(String message, Throwable error, String room) throws Exception {
    LoggerContext context = new LoggerContext();
    try {
      JoranConfigurator configurator = new JoranConfigurator();
      configurator.setContext(context);
      configurator.doConfigure(TextLogTest.class.getResource("/logback.xml"));
      Logger root = context.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME);
      LoggingEvent event =
          new LoggingEvent("fqcn", root, Level.WARN, message, error, new Object[] {HOSTILE});
      event.setMDCPropertyMap(Map.of("recording", "r1", "room", room));
      ConsoleAppender<ILoggingEvent> text =
          (ConsoleAppender<ILoggingEvent>) root.getAppender("text");
      return new String(text.getEncoder().encode(event), StandardCharsets.UTF_8);
    } finally {
      context.stop();
    }
  }
}
