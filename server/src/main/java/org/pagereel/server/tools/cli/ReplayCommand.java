package org.pagereel.server.tools.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.pagereel.recorder.FailureCategory;
import org.pagereel.recorder.RecordingFailure;
import org.pagereel.recorder.wire.Event;
import org.pagereel.server.faces.classes.ClassFolder;
import org.pagereel.server.platform.supervisor.RecorderChild;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code ./pagereel replay CLASS_FOLDER -o out.mp4}. */
@Command(
    name = "replay",
    description = {
      "Make a video of a class that is over, from the folder of its messages and files",
      "(docs/CLASS_FOLDER.md). Interrupted, it goes on where it was when it is started again."
    },
    mixinStandardHelpOptions = true)
final class ReplayCommand implements Callable<Integer> {
  @Parameters(
      paramLabel = "CLASS_FOLDER",
      description = "holds messages.jsonl or class-events.jsonl")
  private Path folder = Path.of(".");

  @Option(
      names = {"-o", "--out"},
      paramLabel = "FILE",
      description = "where the video goes; without it all videos stay in the class's folder")
  private @Nullable Path out;

  @Override
  public Integer call() throws Exception {
    Path place = folder.toAbsolutePath().normalize();
    Path target = out == null ? null : out.toAbsolutePath().normalize();
    if (target != null && !Files.isDirectory(target.getParent())) {
      throw new RecordingFailure(
          FailureCategory.USER, "--out is " + out + "; there is no folder " + target.getParent());
    }
    ReplayDisplay display = new ReplayDisplay(place);
    return switch (replay(place, display)) {
      case Event.Finished finished -> {
        display.finished(finished, moved(place, finished.videos(), target));
        ClassFolder.tidy(place);
        yield ExitCode.OK;
      }
      case Event.Failed failed -> ExitCode.of(failed.category());
      default -> ExitCode.INTERNAL;
    };
  }

  private static Event replay(Path place, ReplayDisplay display) throws IOException {
    try {
      ClassFolder.translate(place);
    } catch (RecordingFailure e) {
      Event failed = Event.Failed.of(e, List.of());
      display.show(failed);
      return failed;
    }
    return RecorderChild.replay(RecordingId.create() + "-replay", place, display::show);
  }

  /** The places of the videos. */
  private static List<Path> moved(Path place, List<String> names, @Nullable Path target)
      throws IOException {
    if (target == null) {
      return names.stream().map(place::resolve).toList();
    }
    if (names.size() > 1) {
      throw new RecordingFailure(
          FailureCategory.USER,
          "--out is one file, and class.json asks for " + names.size() + ", which are in " + place);
    }
    Files.move(place.resolve(names.getFirst()), target, StandardCopyOption.REPLACE_EXISTING);
    return List.of(target);
  }
}
