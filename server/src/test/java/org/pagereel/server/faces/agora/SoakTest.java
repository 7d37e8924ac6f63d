package org.pagereel.server.faces.agora;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.api.parallel.ResourceLock;
import org.pagereel.recorder.process.Await;
import org.pagereel.server.LeftoverCheck;
import org.pagereel.server.SetTime;
import org.pagereel.server.SmallDisk;
import org.pagereel.server.TestPages;
import org.pagereel.server.WholeMachine;

/**
 * Hours of faults, from a seed: recordings that are started, held, paused, stopped, killed and
 * frozen, under a clock that is set, a store that is locked, a disk that is full and a receiver of
 * callbacks that hangs. At the end every recording has its media, all that was said agrees with
 * what was done, and nothing is left.
 *
 * <p>{@code -Dpagereel.minutes=120 -Dpagereel.seed=7}; short in every build. {@code
 * -Dpagereel.frozenAfter=never}: what hangs is only reported.
 */
@Execution(ExecutionMode.CONCURRENT)
@ResourceLock(WholeMachine.LOCK)
class SoakTest {
  static final int ROOMS = 3;
  private static final Duration LENGTH =
      Duration.ofMinutes(Integer.getInteger("pagereel.minutes", 3));
  private static final long SEED = Long.getLong("pagereel.seed", 1);
  private static final String FROZEN = System.getProperty("pagereel.frozenAfter", "10s");

  /** All that goes on at the end of the time: retries of files after a full disk wait for long. */
  private static final Duration IN_THE_END = Duration.ofMinutes(3);

  @TempDir Path folder;
  private final SetTime time = new SetTime();
  private final Queue<Throwable> failures = new ConcurrentLinkedQueue<>();

  @Test
  void everythingIsAccountedFor() throws Exception {
    System.out.printf("soak: %s, seed %d, frozenAfter %s%n", LENGTH, SEED, FROZEN);
    try (SmallDisk disk = SmallDisk.of(folder, (int) (600 + 10 * LENGTH.toMinutes()));
        TestPages pages = new TestPages();
        SoakReceiver receiver = new SoakReceiver()) {
      String settings =
          TestServer.SETTINGS
              .replace(
                  "controllers: [teacher]}",
                  "controllers: [teacher], callback: {url: '" + receiver.url() + "', secret: s}}")
              .replace("atOnce: 4", "atOnce: " + ROOMS + ", frozenAfter: " + FROZEN);
      try (TestServer server = new TestServer(disk.folder(), settings, time)) {
        soak(server, pages, new SoakWeather(server, disk, receiver, time));
        assertNothingIsTooMany(server);
        receiver.assertOrdered();
      }
      receiver.assertNothingMissing();
    }
    LeftoverCheck.assertNothingLeft();
  }

  private void soak(TestServer server, TestPages pages, SoakWeather weather) throws Exception {
    long end = System.nanoTime() + LENGTH.toNanos();
    Predicate<Duration> isOver =
        before -> !failures.isEmpty() || System.nanoTime() > end - before.toNanos();
    List<SoakRoom> rooms = new ArrayList<>();
    for (int i = 0; i < ROOMS; i++) {
      rooms.add(new SoakRoom(server, pages, weather, "room" + i, new Random(SEED * 1000 + i)));
    }
    try (ExecutorService players = Executors.newFixedThreadPool(ROOMS + 1)) {
      rooms.forEach(room -> players.execute(() -> noteFailure(() -> room.playUntil(isOver))));
      players.execute(() -> noteFailure(() -> weather.rage(new Random(SEED), isOver)));
    }
    int recordings = rooms.stream().mapToInt(SoakRoom::recordings).sum();
    System.out.printf("soak: %d recordings; %s%n", recordings, weather.summary());
    assertThat(failures).isEmpty();
    assertThat(recordings).isPositive();
  }

  /** The first failure ends the others soon: nobody waits two hours for it. */
  private void noteFailure(Callable<Void> play) {
    try {
      play.call();
    } catch (Throwable e) {
      failures.add(e);
      System.out.println("soak: FAILED: " + e);
    }
  }

  private static void assertNothingIsTooMany(TestServer server) throws Exception {
    assertThat(
            Await.until(
                IN_THE_END,
                () ->
                    server.query("SELECT id FROM recordings WHERE running = 1").isEmpty()
                        && server.query("SELECT task_instance FROM scheduled_tasks").isEmpty()
                        && server.query("SELECT id FROM outbox WHERE done_at IS NULL").isEmpty()))
        .as(
            "running %s, tasks %s, callbacks %s",
            server.query("SELECT id || ' ' || state FROM recordings WHERE running = 1"),
            server.query("SELECT task_instance FROM scheduled_tasks"),
            server.query("SELECT body FROM outbox WHERE done_at IS NULL"))
        .isTrue();
    List<String> known = server.query("SELECT id FROM recordings ORDER BY id");
    assertThat(known).containsAll(folders(server.data.resolve("data/recordings")));
    assertThat(server.query("SELECT id FROM outbox WHERE given_up = 1")).isEmpty();
  }

  private static List<String> folders(Path parent) throws Exception {
    if (!Files.exists(parent)) {
      return List.of();
    }
    try (Stream<Path> all = Files.list(parent)) {
      return all.map(path -> path.getFileName().toString()).sorted().toList();
    }
  }
}
