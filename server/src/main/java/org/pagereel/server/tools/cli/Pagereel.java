package org.pagereel.server.tools.cli;

import picocli.CommandLine;
import picocli.CommandLine.Command;

/** The command line's entry: {@code ./pagereel COMMAND}. */
@Command(
    name = "pagereel",
    description = "Records web pages, with sound.",
    mixinStandardHelpOptions = true,
    subcommands = {
      RecordCommand.class,
      FinishCommand.class,
      ReplayCommand.class,
      ServeCommand.class,
      TokenCommand.class,
      CallbacksCommand.class,
      BenchCommand.class
    })
public final class Pagereel {
  private Pagereel() {}

  public static void main(String[] arguments) {
    CommandLine line = new CommandLine(new Pagereel());
    Options.register(line);
    line.setExecutionExceptionHandler(Pagereel::explain);
    line.setCaseInsensitiveEnumValuesAllowed(true);
    System.exit(line.execute(arguments));
  }

  /** A failure of ours is one sentence, not a stack trace. */
  private static int explain(Exception e, CommandLine line, CommandLine.ParseResult parsed) {
    line.getErr().println(line.getColorScheme().errorText("Error: " + e.getMessage()));
    return ExitCode.of(e);
  }
}
