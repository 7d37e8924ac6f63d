package org.pagereel.server.cli;

import org.pagereel.recorder.PageSize;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Reads an option by {@link PageSize#parse}, whose message says what is allowed. */
final class SizeConverter implements ITypeConverter<PageSize> {
  @Override
  public PageSize convert(String value) {
    try {
      return PageSize.parse(value);
    } catch (IllegalArgumentException e) {
      throw new TypeConversionException(String.valueOf(e.getMessage()));
    }
  }
}
