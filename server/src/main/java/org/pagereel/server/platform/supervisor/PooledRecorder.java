package org.pagereel.server.platform.supervisor;

import java.io.IOException;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.pagereel.recorder.PageSize;
import org.pagereel.recorder.RecordingRequest;
import org.pagereel.recorder.wire.Command;
import org.pagereel.recorder.wire.Event;

/** A recorder that is a process, warm or at work. */
final class PooledRecorder implements Recorder {
  private final RecorderChild child;
  private final AtomicReference<@Nullable Consumer<Event>> listener = new AtomicReference<>();

  private PooledRecorder(RecorderChild child) {
    this.child = child;
  }

  /** Starts a recorder that waits for {@link #record}; it is to be attended next. */
  static PooledRecorder prepare(
      RecorderSettings settings, List<String> command, String label, PageSize size, int fps)
      throws IOException {
    return new PooledRecorder(RecorderChild.prepare(label, command, size, fps, settings));
  }

  /** Hands its events to the listener until it has ended and nothing of it is left. */
  void attend(Consumer<Event> hearer) {
    listener.set(hearer);
    Thread.ofVirtual()
        .name("recorder")
        .start(() -> {
          var _ = child.attend(this::hear);
        });
  }

  /** Begins the recording; from now on this listener hears its events. */
  void record(RecordingRequest request, Consumer<Event> hearer) {
    listener.set(hearer);
    child.send(new Command.Start(request));
  }

  @Override
  public long pid() {
    return child.pid();
  }

  @Override
  public void send(Command command) {
    child.send(command);
  }

  @Override
  public void kill() {
    listener.set(null);
    child.kill();
  }

  private void hear(Event event) {
    Consumer<Event> hearer = listener.get();
    if (hearer != null) {
      hearer.accept(event);
    }
  }
}
