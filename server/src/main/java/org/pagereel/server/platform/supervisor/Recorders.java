package org.pagereel.server.platform.supervisor;

import java.io.IOException;
import java.nio.file.Path;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.pagereel.recorder.RecordingRequest;
import org.pagereel.recorder.Report;
import org.pagereel.recorder.wire.Event;

/** Whoever starts recorders. */
public interface Recorders extends AutoCloseable {
  void open();

  /** How many wait, ready to record. */
  int waiting();

  /** Starts one attempt. */
  Recorder start(RecordingRequest request, Consumer<Event> listener) throws IOException;

  /**
   * Completes the files of a recording whose recorder is gone, and returns the last event.
   *
   * @param cause why the recording failed; null when it did not
   */
  Event complete(
      String recordingId, Path folder, Report.@Nullable Failure cause, Consumer<Event> listener)
      throws InterruptedException;

  /**
   * Starts the making of a class's videos in its folder; to be attended next. Ended and started
   * again on the same folder, it goes on with the parts that it finished.
   */
  RecorderChild replay(String taskId, Path folder) throws IOException;

  @Override
  void close();
}
