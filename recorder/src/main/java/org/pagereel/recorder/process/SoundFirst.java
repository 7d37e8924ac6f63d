package org.pagereel.recorder.process;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.pagereel.recorder.SoundPath;

/**
 * Lets the few threads that carry sound from the page to the recorder run as soon as they want to.
 * They need a hundredth of a core, but each of them within some milliseconds, and a busy machine
 * keeps them waiting longer than their buffers last.
 *
 * <p>The system allows it to root (CAP_SYS_NICE) and to accounts with a limit for it; elsewhere
 * nothing happens. What the page lets the browser compute as sound is the page's choice: if all of
 * it takes more than half a core, it takes its turn as everything else does, for the rest of the
 * recording. So it does when this watch ends, whyever.
 */
public final class SoundFirst implements AutoCloseable {
  /** Pulse's client in the browser, and the renderer's side of an output (cut to 15 letters). */
  private static final Set<String> BROWSER_THREADS = Set.of("threaded-ml", "AudioOutputDevi");

  private static final Duration EVERY = Duration.ofSeconds(1);
  private static final double MAX_CORES = 0.5;

  /** A thread begins with its parent's name and takes its own a moment later. */
  private static final int LOOKS = 2;

  private record Task(long process, int id) {
    Path folder() {
      return Path.of("/proc", process + "", "task", id + "");
    }

    /**
     * The processor time of the thread, in ns; empty if the system does not tell, or it is gone.
     */
    OptionalLong ran() {
      String used = Proc.read(folder().resolve("schedstat")).replaceAll("\\D.*", "").strip();
      return used.isEmpty() ? OptionalLong.empty() : OptionalLong.of(Long.parseLong(used));
    }
  }

  private final Supplier<Stream<ProcessHandle>> browser;
  private final ProcessHandle daemon;
  private final Consumer<String> news;
  private final Map<Task, Integer> looks = new HashMap<>();
  private final Map<Task, Long> first = new HashMap<>(); // and how long they have run, in ns
  private final Allowance allowance = new Allowance(System.nanoTime());
  private final CountDownLatch closed = new CountDownLatch(1);
  private long lastNanos = System.nanoTime();

  private SoundFirst(
      Supplier<Stream<ProcessHandle>> browser, ProcessHandle daemon, Consumer<String> news) {
    this.browser = browser;
    this.daemon = daemon;
    this.news = news;
  }

  /**
   * Begins to look for such threads, of which a page makes new ones at any time.
   *
   * @param browser all of its processes that live
   * @param daemon Pulse
   * @param news is told when it ends early because of the page
   */
  public static SoundFirst watch(
      Supplier<Stream<ProcessHandle>> browser, ProcessHandle daemon, Consumer<String> news) {
    SoundFirst watch = new SoundFirst(browser, daemon, news);
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
        isOver = !look() || awaitNext();
      } while (!isOver);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } finally {
      putBack();
    }
  }

  private void putBack() {
    first.keySet().forEach(task -> Scheduling.usual(task.id()));
    first.clear();
  }

  /**
   * Wakes up before those, or it would wait for what it must hold back. Looking for new ones takes
   * longer, and they must not wait for that.
   */
  private boolean awaitNext() throws InterruptedException {
    Scheduling.overThose();
    return closed.await(EVERY.toMillis(), TimeUnit.MILLISECONDS);
  }

  /** True if it makes sense to look again. */
  private boolean look() {
    long now = System.nanoTime();
    if (cores(now) > MAX_CORES) {
      putBack();
      news.accept("the page computes more than half a core of sound, so it takes its turn");
      return false;
    }
    Scheduling.usual(0);
    Set<Task> present =
        Stream.concat(Stream.of(ProcessHandle.current(), daemon), browser.get())
            .flatMap(SoundFirst::tasks)
            .collect(Collectors.toCollection(LinkedHashSet::new));
    looks.keySet().retainAll(present);
    first.keySet().retainAll(present);
    for (Task task : present) {
      boolean isNew = looks.merge(task, 1, Integer::sum) <= LOOKS && !first.containsKey(task);
      if (isNew && carriesSound(task) && allowance.isLeft(now) && !letFirst(task)) {
        return false; // we may not
      }
    }
    return true;
  }

  /** False if the system does not let us; a thread that is gone, or cannot be watched, stays. */
  private boolean letFirst(Task task) {
    OptionalLong ran = task.ran();
    if (ran.isEmpty()) {
      return true;
    }
    if (Scheduling.first(task.id())) {
      first.put(task, ran.getAsLong());
      allowance.use();
      return true;
    }
    return !Files.exists(task.folder());
  }

  /** The processor time that they have used since the last look. */
  private double cores(long now) {
    long used = 0;
    for (Map.Entry<Task, Long> one : first.entrySet()) {
      long ran = one.getKey().ran().orElse(one.getValue());
      used += ran - one.getValue();
      one.setValue(ran);
    }
    double cores = (double) used / Math.max(EVERY.toNanos(), now - lastNanos);
    lastNanos = now;
    return cores;
  }

  private boolean carriesSound(Task task) {
    if (task.process() == daemon.pid()) {
      return true;
    }
    String name = Proc.read(task.folder().resolve("comm")).strip();
    return task.process() == ProcessHandle.current().pid()
        ? name.equals(SoundPath.THREAD)
        : BROWSER_THREADS.contains(name);
  }

  private static Stream<Task> tasks(ProcessHandle process) {
    return Proc.threads(process).map(thread -> new Task(process.pid(), thread));
  }

  /**
   * How many threads may still be let go first. Without it a page could make one after the other,
   * each of which computes all it can until the next look, and is gone by then.
   */
  private static final class Allowance {
    private static final int MOST = 32;
    private static final long ONE_EACH_NANOS = Duration.ofSeconds(10).toNanos();

    private int left = MOST;
    private long next;

    Allowance(long now) {
      next = now + ONE_EACH_NANOS;
    }

    boolean isLeft(long now) {
      while (now - next >= 0) {
        left = Math.min(MOST, left + 1);
        next += ONE_EACH_NANOS;
      }
      return left > 0;
    }

    void use() {
      left--;
    }
  }
}
