package org.pagereel.server.cli;

import org.pagereel.recorder.ReadySignal;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Reads an option by {@link ReadySignal#parse}, whose message says what is allowed. */
final class ReadyConverter implements ITypeConverter<ReadySignal> {
  @Override
  public ReadySignal convert(String value) {
    try {
      return ReadySignal.parse(value);
    } catch (IllegalArgumentException e) {
      throw new TypeConversionException(String.valueOf(e.getMessage()));
    }
  }
}
