package org.pagereel.server.tools.cli;

import java.time.Duration;
import java.util.function.Function;
import org.pagereel.recorder.Durations;
import org.pagereel.recorder.PageSize;
import org.pagereel.recorder.ReadySignal;
import picocli.CommandLine;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** The option types of our own; their parsers' messages say what is allowed. */
final class Options {
  private Options() {}

  static void register(CommandLine line) {
    line.registerConverter(Duration.class, of(Durations::parse));
    line.registerConverter(PageSize.class, of(PageSize::parse));
    line.registerConverter(ReadySignal.class, of(ReadySignal::parse));
  }

  private static <T> ITypeConverter<T> of(Function<String, T> parser) {
    return text -> {
      try {
        return parser.apply(text);
      } catch (IllegalArgumentException e) {
        throw new TypeConversionException(String.valueOf(e.getMessage()));
      }
    };
  }
}
