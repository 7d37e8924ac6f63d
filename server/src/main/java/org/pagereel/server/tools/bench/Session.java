package org.pagereel.server.tools.bench;

import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.pagereel.recorder.RecordingRequest;
import org.pagereel.recorder.wire.Command;
import org.pagereel.recorder.wire.Event;
import org.pagereel.server.platform.supervisor.RecorderChild;

/** A recorder under measurement, with its milestones as futures. */
final class Session implements AutoCloseable {
  private static final int DEADLINE_SECONDS = 60;

  private final RecorderChild child;
  private final Path folder;
  private final CompletableFuture<Event> ready = new CompletableFuture<>();
  private final CompletableFuture<Event> recording = new CompletableFuture<>();
  private final CompletableFuture<Event> last = new CompletableFuture<>();

  private Session(RecorderChild child, Path folder) {
    this.child = child;
    this.folder = folder;
    Thread.ofPlatform().daemon().name("session").start(this::follow);
  }

  static Session start(RecordingRequest request) throws IOException {
    return new Session(RecorderChild.start(request), request.folder());
  }

  ProcessHandle process() {
    return ProcessHandle.of(child.pid()).orElseThrow();
  }

  void awaitReady() {
    await(ready);
  }

  void awaitRecording() {
    await(recording);
  }

  /** Stops and waits for the last event. */
  Event stop() {
    child.send(new Command.Stop());
    return await(last);
  }

  @Override
  public void close() {
    if (!last.isDone()) {
      stop();
    }
  }

  private void follow() {
    try {
      last.complete(
          child.follow(
              folder,
              event -> {
                if (event instanceof Event.Ready) {
                  ready.complete(event);
                } else if (event instanceof Event.Recording) {
                  recording.complete(event);
                }
              }));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } finally {
      IllegalStateException over = new IllegalStateException("the recorder ended: " + last);
      ready.completeExceptionally(over);
      recording.completeExceptionally(over);
      last.completeExceptionally(over);
    }
  }

  private static Event await(CompletableFuture<Event> future) {
    try {
      return future.get(DEADLINE_SECONDS, TimeUnit.SECONDS);
    } catch (TimeoutException | ExecutionException e) {
      throw new IllegalStateException("The measured recorder gave no sign: " + e.getMessage(), e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted", e);
    }
  }
}
