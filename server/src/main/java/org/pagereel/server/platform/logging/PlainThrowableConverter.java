package org.pagereel.server.platform.logging;

import ch.qos.logback.classic.pattern.ThrowableProxyConverter;
import ch.qos.logback.classic.spi.IThrowableProxy;
import java.util.stream.Collectors;
import org.pagereel.recorder.PlainText;

/** {@code %plainEx}: every line is indented, so that a message with line breaks forges no entry. */
public final class PlainThrowableConverter extends ThrowableProxyConverter {
  @Override
  protected String throwableProxyToString(IThrowableProxy proxy) {
    return super.throwableProxyToString(proxy)
        .lines()
        .map(line -> "    " + PlainText.of(line).strip() + System.lineSeparator())
        .collect(Collectors.joining());
  }
}
