package org.pagereel.recorder.child;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import java.util.stream.Stream;

/**
 * Lets the few threads that carry sound from the page to the sink run as soon as they want to. They
 * need a hundredth of a core, but each of them within some milliseconds, and a busy machine keeps
 * them waiting longer than their buffers last.
 *
 * <p>The system allows it to root (CAP_SYS_NICE); elsewhere nothing happens. What the page lets the
 * browser compute as sound is the page's choice: if all of it takes more than half a core, it takes
 * its turn as everything else does, for the rest of the recording.
 */
public final class SoundFirst implements AutoCloseable {
  /** Pulse's client in the browser, and the renderer's side of an output (cut to 15 letters). */
  private static final Set<String> BROWSER_THREADS = Set.of("threaded-ml", "AudioOutputDevi");

  private static final Duration EVERY = Duration.ofSeconds(1);
  private static final double MOST_CORES = 0.5;

  /** A thread begins with its parent's name and takes its own a moment later. */
  private static final int LOOKS = 2;

  private record Task(long process, int id) {
    Path folder() {
      return Path.of("/proc", process + "", "task", id + "");
    }
  }

  private final Supplier<Stream<ProcessHandle>> browser;
  private final ProcessHandle daemon;
  private final Map<Task, Integer> looks = new HashMap<>();
  private final Map<Task, Long> first = new HashMap<>(); // and what they have run, in ns
  private final CountDownLatch closed = new CountDownLatch(1);
  private long lastNanos;

  private SoundFirst(Supplier<Stream<ProcessHandle>> browser, ProcessHandle daemon) {
    this.browser = browser;
    this.daemon = daemon;
  }

  /**
   * Begins to look for such threads, of which a page makes new ones at any time.
   *
   * @param browser all of its processes
   * @param daemon Pulse
   */
  public static SoundFirst watch(Supplier<Stream<ProcessHandle>> browser, ProcessHandle daemon) {
    SoundFirst watch = new SoundFirst(browser, daemon);
    Thread.ofPlatform().daemon().name("sound-first").start(watch::run);
    return watch;
  }

  @Override
  public void close() {
    closed.countDown();
  }

  private void run() {
    try {
      boolean isOver;
      do {
        isOver = !look() || closed.await(EVERY.toMillis(), TimeUnit.MILLISECONDS);
      } while (!isOver);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** True if it makes sense to look again. */
  private boolean look() {
    List<Task> present =
        Stream.concat(tasks(daemon), browser.get().flatMap(SoundFirst::tasks)).toList();
    looks.keySet().retainAll(present);
    first.keySet().retainAll(present);
    if (cores() > MOST_CORES) {
      first.keySet().forEach(task -> Scheduling.usual(task.id()));
      return false;
    }
    for (Task task : present) {
      boolean isNew = looks.merge(task, 1, Integer::sum) <= LOOKS && !first.containsKey(task);
      if (isNew && carriesSound(task)) {
        if (Scheduling.first(task.id())) {
          first.put(task, nanos(task));
        } else if (Files.exists(task.folder())) {
          return false; // we may not
        }
      }
    }
    return true;
  }

  /** What they have used since the last look. */
  private double cores() {
    long now = System.nanoTime();
    long used = 0;
    for (Map.Entry<Task, Long> one : first.entrySet()) {
      long nanos = nanos(one.getKey());
      used += Math.max(0, nanos - one.getValue());
      one.setValue(nanos);
    }
    double cores = (double) used / Math.max(EVERY.toNanos(), now - lastNanos);
    lastNanos = now;
    return cores;
  }

  private boolean carriesSound(Task task) {
    return task.process() == daemon.pid()
        || BROWSER_THREADS.contains(Proc.read(task.folder().resolve("comm")).strip());
  }

  /** How long a thread has run. */
  private static long nanos(Task task) {
    String used = Proc.read(task.folder().resolve("schedstat")).replaceAll("\\D.*", "").strip();
    return used.isEmpty() ? 0 : Long.parseLong(used);
  }

  private static Stream<Task> tasks(ProcessHandle process) {
    try (Stream<Path> all = Files.list(Path.of("/proc", process.pid() + "", "task"))) {
      return all
          .map(task -> new Task(process.pid(), Integer.parseInt(task.getFileName().toString())))
          .toList()
          .stream();
    } catch (IOException | UncheckedIOException e) {
      return Stream.empty(); // it ended meanwhile
    }
  }
}
