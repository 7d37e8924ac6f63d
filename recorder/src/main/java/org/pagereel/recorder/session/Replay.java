package org.pagereel.recorder.session;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.pagereel.recorder.FailureCategory;
import org.pagereel.recorder.RecordingFailure;
import org.pagereel.recorder.ReplayRequest;
import org.pagereel.recorder.ReplayResult;
import org.pagereel.recorder.StreamFiles.StreamFile;
import org.pagereel.recorder.replay.ClassReplay;
import org.pagereel.recorder.replay.ReplayListener;
import org.pagereel.recorder.wire.Event;
import org.pagereel.recorder.wire.Json;
import tools.jackson.core.JacksonException;

/** Makes the videos of a class that is over, and tells how far that is. */
final class Replay {
  /** Every part of the work says something more often. */
  private static final Duration PATIENCE = Duration.ofMinutes(5);

  private Replay() {}

  /**
   * Returns the exit code.
   *
   * @param proxy host:port through which files are fetched; null for none
   */
  static int run(Path folder, @Nullable String proxy, Events events) throws InterruptedException {
    Thread.ofPlatform().daemon().name("parent").start(Replay::endWithParent);
    try (CompletionProgress told = new CompletionProgress(events, PATIENCE)) {
      ReplayListener listener = listener(told, events);
      ReplayResult result = ClassReplay.run(folder, request(folder), proxy, listener);
      List<String> videos = result.files().files().stream().map(StreamFile::file).toList();
      events.send(new Event.Finished(result.files().totalMillis() / 1000.0, videos));
      return RecorderProcess.OK;
    } catch (RecordingFailure e) {
      events.send(Event.Failed.of(e, List.of()));
      return RecorderProcess.FAILED;
    }
  }

  /**
   * Nobody waits for it any more when its input ends, and whoever does next goes on with the parts
   * that are done.
   */
  private static void endWithParent() {
    try {
      while (System.in.read() >= 0) {
        // there are no commands
      }
    } catch (IOException e) {
      // gone as well
    }
    Runtime.getRuntime().halt(RecorderProcess.FAILED);
  }

  /** The request; without one, everything in one video. */
  private static ReplayRequest request(Path folder) {
    Path file = folder.resolve(ReplayRequest.FILE);
    try {
      return Files.exists(file)
          ? Json.LINES.readValue(Files.readString(file), ReplayRequest.class)
          : ReplayRequest.mixed();
    } catch (IOException | JacksonException e) {
      Throwable cause = e.getCause() instanceof IllegalArgumentException wrong ? wrong : e;
      throw new RecordingFailure(
          FailureCategory.USER, ReplayRequest.FILE + ": " + cause.getMessage(), e);
    }
  }

  private static ReplayListener listener(CompletionProgress told, Events events) {
    return new ReplayListener() {
      @Override
      public void progress(double done) {
        told.accept(done);
      }

      @Override
      public void warning(String message) {
        events.send(new Event.Warning("missing", message));
      }
    };
  }
}
