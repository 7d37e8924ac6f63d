package org.pagereel.server.tools.cli;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.pagereel.recorder.Attempt;
import org.pagereel.recorder.FailureCategory;
import org.pagereel.recorder.PageSize;
import org.pagereel.recorder.PageSpec;
import org.pagereel.recorder.PictureSpec;
import org.pagereel.recorder.ReadySignal;
import org.pagereel.recorder.RecordingFailure;
import org.pagereel.recorder.RecordingRequest;
import org.pagereel.recorder.SlicingSpec;
import org.pagereel.recorder.SoundProfile;
import org.pagereel.recorder.StreamsPlan;
import org.pagereel.recorder.process.Leftovers;
import org.pagereel.recorder.wire.Command.Stop;
import org.pagereel.recorder.wire.Event;
import org.pagereel.server.platform.supervisor.RecorderChild;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code ./pagereel record [URL]}. */
@Command(
    name = "record",
    description = "Record a page until Ctrl-C, --for, or the page logs END_RECORDING.",
    mixinStandardHelpOptions = true)
final class RecordCommand implements Callable<Integer> {
  @Parameters(
      arity = "0..1",
      paramLabel = "URL",
      description = "http(s) address; without it the built-in demo class is recorded")
  private @Nullable String url;

  @Option(
      names = "--for",
      paramLabel = "TIME",
      description = "how long to record, such as 30s, 10m or 2h")
  private @Nullable Duration length;

  @Option(names = "--out", paramLabel = "DIR", description = "where to (recordings/<time>-<id>)")
  private @Nullable Path out;

  @Option(
      names = "--size",
      paramLabel = "WxH",
      defaultValue = "1920x1080",
      description = "page and video size (${DEFAULT-VALUE})")
  private PageSize size = PageSize.FULL_HD;

  @Option(
      names = "--fps",
      paramLabel = "N",
      defaultValue = "30",
      description = "frames per second, 5 to 60 (${DEFAULT-VALUE})")
  private int fps;

  @Option(
      names = "--bitrate",
      paramLabel = "KBPS",
      defaultValue = "2000",
      description = "average video bitrate in kbit/s, 50 to 8000 (${DEFAULT-VALUE})")
  private int bitrateKbps;

  @Option(
      names = "--ready",
      paramLabel = "SIGNAL",
      defaultValue = "load",
      description = ReadySignal.FORMS + " (${DEFAULT-VALUE})")
  private ReadySignal ready = new ReadySignal.Load();

  @Option(
      names = "--ready-timeout",
      paramLabel = "TIME",
      defaultValue = "30s",
      description = "how long the page may take to be ready (${DEFAULT-VALUE})")
  private Duration readyTimeout = Duration.ofSeconds(30);

  @Option(
      names = "--streams",
      description = "also record each stream that the page hands over (docs/RECORDING_PAGE.md)")
  private boolean streams;

  @Override
  public Integer call() throws Exception {
    if (length != null && length.compareTo(Duration.ofSeconds(1)) < 0) {
      throw new RecordingFailure(FailureCategory.USER, "--for must be at least 1s");
    }
    String id = RecordingId.create();
    try (Pages pages = Pages.serve()) {
      String address = url == null ? pages.demo() : url;
      OutFolder folder = OutFolder.of(out, id);
      RecordingRequest request = request(id, address, folder.path());
      folder.create();
      return record(request);
    } catch (IllegalArgumentException e) {
      throw new RecordingFailure(FailureCategory.USER, String.valueOf(e.getMessage()), e);
    }
  }

  private RecordingRequest request(String id, String address, Path folder) {
    return new RecordingRequest(
        id,
        new PageSpec(address, size, ready, readyTimeout),
        new PictureSpec(fps, bitrateKbps),
        SoundProfile.STEREO,
        SlicingSpec.DEFAULT,
        streams ? StreamsPlan.EACH : null,
        Attempt.ONLY,
        folder);
  }

  private int record(RecordingRequest request) throws Exception {
    Leftovers.reapAbandoned();
    Display display = Display.of(request);
    RecorderChild child = RecorderChild.start(request);
    StopOnSignal signal = StopOnSignal.install(() -> child.send(new Stop()));
    try {
      Event last =
          child.follow(
              request.folder(),
              event -> {
                display.show(event);
                if (event instanceof Event.Recording recording && length != null) {
                  Duration left =
                      Duration.between(Instant.now(), recording.startedAt().plus(length));
                  CompletableFuture.delayedExecutor(left.toMillis(), TimeUnit.MILLISECONDS)
                      .execute(() -> child.send(new Stop()));
                }
              });
      int code =
          switch (last) {
            case Event.Failed failed -> ExitCode.of(failed.category());
            default -> ExitCode.OK;
          };
      signal.done(code);
      return code;
    } finally {
      signal.done(ExitCode.INTERNAL);
    }
  }
}
