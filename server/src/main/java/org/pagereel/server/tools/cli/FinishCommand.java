package org.pagereel.server.tools.cli;

import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.pagereel.recorder.FailureCategory;
import org.pagereel.recorder.PlainText;
import org.pagereel.recorder.Report;
import org.pagereel.recorder.wire.Event;
import org.pagereel.server.platform.supervisor.RecorderChild;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** {@code ./pagereel finish DIR}. */
@Command(
    name = "finish",
    description = "Complete a recording that could not be completed when it ended.",
    mixinStandardHelpOptions = true)
final class FinishCommand implements Callable<Integer> {
  @Parameters(paramLabel = "DIR", description = "the recording's folder")
  private Path folder = Path.of(".");

  @Override
  public Integer call() throws Exception {
    Path place = folder.toAbsolutePath().normalize();
    Event last =
        RecorderChild.repair(
            RecordingId.create() + "-repair",
            place,
            new Report.Failure(
                FailureCategory.INTERNAL, "The recorder ended before it had finished"),
            event -> {});
    return switch (last) {
      case Event.Finished finished -> {
        System.out.println(place + " is complete");
        yield ExitCode.OK;
      }
      case Event.Failed failed when !failed.videos().isEmpty() -> {
        System.out.println("Completed " + place + ": " + String.join(", ", failed.videos()));
        System.out.println("It had ended because: " + PlainText.of(failed.message()));
        yield ExitCode.OK;
      }
      case Event.Failed failed -> {
        System.err.println("Failed: " + PlainText.of(failed.message()));
        yield ExitCode.of(failed.category());
      }
      default -> ExitCode.INTERNAL;
    };
  }
}
