package org.pagereel.server.platform.supervisor;

import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.pagereel.recorder.RecordingRequest;
import org.pagereel.recorder.Report;
import org.pagereel.recorder.wire.Command;
import org.pagereel.recorder.wire.Event;

/**
 * Recorders that say what live ones say, at their pace, and record nothing: thousands in one
 * process.
 */
public final class SimulatedRecorders implements Recorders {
  private static final long READY_MILLIS = 1500;
  private static final long PROGRESS_SECONDS = 1;

  private final ScheduledExecutorService timer;
  private final BiConsumer<String, Integer> started;
  private final Set<Simulated> alive = ConcurrentHashMap.newKeySet();

  /**
   * Those of one node.
   *
   * @param timer of all nodes
   * @param started told of each attempt that begins
   */
  public SimulatedRecorders(ScheduledExecutorService timer, BiConsumer<String, Integer> started) {
    this.timer = timer;
    this.started = started;
  }

  private final class Simulated implements Recorder {
    private final Consumer<Event> listener;
    private final Map<String, ScheduledFuture<?>> due = new ConcurrentHashMap<>();

    Simulated(Consumer<Event> listener) {
      this.listener = listener;
    }

    void begin() {
      due.put(
          "ready",
          timer.schedule(
              () -> {
                say(new Event.Ready("load", 1));
                say(new Event.Recording(Instant.now()));
              },
              READY_MILLIS,
              TimeUnit.MILLISECONDS));
      due.put(
          "progress",
          timer.scheduleAtFixedRate(
              () -> say(new Event.Progress(0, 1, 0, 0, 15, 0)),
              PROGRESS_SECONDS,
              PROGRESS_SECONDS,
              TimeUnit.SECONDS));
    }

    private void say(Event event) {
      if (alive.contains(this)) {
        listener.accept(event);
      }
    }

    @Override
    public long pid() {
      return ProcessHandle.current().pid();
    }

    @Override
    public void send(Command command) {
      if (command instanceof Command.Stop) {
        timer.execute(() -> {
          say(new Event.Finishing(Event.End.ORDER));
          say(new Event.Finished(1, List.of()));
          kill();
        });
      }
    }

    @Override
    public void kill() {
      alive.remove(this);
      due.values().forEach(one -> one.cancel(false));
    }
  }

  @Override
  public void open() {}

  @Override
  public int waiting() {
    return 0;
  }

  @Override
  public Recorder start(RecordingRequest request, Consumer<Event> listener) {
    started.accept(request.id(), request.attempt().number());
    Simulated recorder = new Simulated(listener);
    alive.add(recorder);
    recorder.begin();
    return recorder;
  }

  @Override
  public Event complete(
      String recordingId, Path folder, Report.@Nullable Failure cause, Consumer<Event> listener) {
    return new Event.Finished(1, List.of());
  }

  @Override
  public RecorderChild replay(String taskId, Path folder) {
    throw new UnsupportedOperationException("no replays");
  }

  /** All of them end without a word. */
  @Override
  public void close() {
    Set.copyOf(alive).forEach(Simulated::kill);
  }
}
