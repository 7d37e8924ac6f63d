package org.pagereel.server.platform.logging;

import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.pattern.CompositeConverter;
import org.pagereel.recorder.PlainText;

/** {@code %plain(…)}: whatever stands in a line, it stays one line and commands no terminal. */
public final class PlainConverter extends CompositeConverter<ILoggingEvent> {
  @Override
  protected String transform(ILoggingEvent event, String line) {
    return PlainText.of(line);
  }
}
