package org.pagereel.server.service;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;
import org.pagereel.recorder.process.Await;
import org.pagereel.server.LeftoverCheck;
import org.pagereel.server.Pause;
import org.pagereel.server.TestPages;
import org.pagereel.server.Victims;
import org.pagereel.server.WholeMachine;
import org.pagereel.server.service.NodeProcesses.Node;

/**
 * Two nodes with real recorders on one PostgreSQL, while nodes are killed, frozen and ended, and
 * the database goes away, one after the other, from a seed. At the end every recording has its
 * media, what is missing is stated, and nothing is left.
 *
 * <p>{@code -Dpagereel.long=true -Dpagereel.minutes=30 -Dpagereel.seed=1}.
 */
@WholeMachine
@EnabledIfSystemProperty(named = "pagereel.long", matches = "true")
class FleetSoakTest {
  private static final int ROOMS = Integer.getInteger("pagereel.rooms", 2);
  private static final long SEED = Long.getLong("pagereel.seed", 1);
  private static final Duration LENGTH =
      Duration.ofMinutes(Integer.getInteger("pagereel.minutes", 2));
  private static final Duration IN_THE_END = Duration.ofMinutes(3);

  private enum Fault {
    NODE_KILLED,
    NODE_FROZEN,
    NODE_ENDED,
    DATABASE_AWAY
  }

  @TempDir Path folder;
  private final Map<String, Node> up = new ConcurrentHashMap<>();
  private final Map<Fault, Integer> counts = new EnumMap<>(Fault.class);
  private final Queue<Throwable> failures = new ConcurrentLinkedQueue<>();

  @Test
  void everythingIsAccountedFor() throws Exception {
    System.out.printf("fleet soak: %s, seed %d%n", LENGTH, SEED);
    try (TestPages pages = new TestPages();
        NodeProcesses nodes = new NodeProcesses(folder, NodeService.class)) {
      start(nodes, "a");
      start(nodes, "b");
      long end = System.nanoTime() + LENGTH.toNanos();
      BooleanSupplier isOver = () -> !failures.isEmpty() || System.nanoTime() > end;
      String page = SecondsPage.on(pages);
      List<FleetSoakRoom> rooms = new ArrayList<>();
      for (int i = 0; i < ROOMS; i++) {
        Random random = new Random(SEED * 1000 + i);
        rooms.add(new FleetSoakRoom(up, nodes, page, "room" + i, random));
      }
      try (ExecutorService players = Executors.newFixedThreadPool(ROOMS + 1)) {
        rooms.forEach(room -> players.execute(() -> noteFailure(() -> room.playUntil(isOver))));
        players.execute(() -> noteFailure(() -> rage(nodes, new Random(SEED), isOver)));
      }
      System.out.printf(
          "fleet soak: %d recordings, %d parts went on elsewhere; %s%n",
          rooms.stream().mapToInt(FleetSoakRoom::recordings).sum(),
          rooms.stream().mapToInt(FleetSoakRoom::moves).sum(),
          counts);
      assertThat(failures).isEmpty();
      assertThat(rooms.stream().mapToInt(FleetSoakRoom::moves).sum()).isPositive();
      assertNothingIsTooMany(nodes);
    }
    LeftoverCheck.assertNothingLeft();
  }

  /** The first failure ends the others soon. */
  private void noteFailure(Callable<Void> play) {
    try {
      play.call();
    } catch (Throwable e) {
      failures.add(e);
      System.out.println("fleet soak: FAILED: " + e);
    }
  }

  private void start(NodeProcesses nodes, String name) throws Exception {
    up.put(name, nodes.start(name, 2 * ROOMS));
  }

  private Void rage(NodeProcesses nodes, Random random, BooleanSupplier isOver) throws Exception {
    Fault[] all = Fault.values();
    Pause.of(Duration.ofSeconds(15));
    while (!isOver.getAsBoolean()) {
      Fault fault = all[random.nextInt(all.length)];
      String name = random.nextBoolean() ? "a" : "b";
      Duration length = Duration.ofMillis(2000 + random.nextInt(20_000));
      System.out.printf("fleet soak: %s %s for %s%n", fault, name, length);
      counts.merge(fault, 1, Integer::sum);
      let(fault, nodes, name, length);
      Pause.of(Duration.ofSeconds(20 + random.nextInt(20)));
    }
    return null;
  }

  private void let(Fault fault, NodeProcesses nodes, String name, Duration length)
      throws Exception {
    Node node = up.get(name);
    switch (fault) {
      case NODE_KILLED -> {
        node.kill();
        Pause.of(length);
        start(nodes, name);
      }
      case NODE_FROZEN -> {
        up.remove(name); // what it is asked now it would do when it is awake, and nobody knows
        List<ProcessHandle> all = node.all();
        all.forEach(process -> Victims.reaches("STOP", process));
        Pause.of(length);
        all.forEach(process -> Victims.reaches("CONT", process));
        up.put(name, node);
      }
      case NODE_ENDED -> {
        node.process().destroy();
        assertThat(node.process().waitFor(120, TimeUnit.SECONDS)).as("it ends").isTrue();
        start(nodes, name);
      }
      case DATABASE_AWAY -> {
        nodes.postgres.stop();
        Pause.of(length);
        nodes.postgres.start();
      }
    }
  }

  private static void assertNothingIsTooMany(NodeProcesses nodes) {
    String running = "SELECT id || ' ' || state FROM recordings WHERE running = 1";
    String tasks = "SELECT task_instance FROM scheduled_tasks";
    assertThat(
            Await.until(
                IN_THE_END, () -> nodes.column(running).isEmpty() && nodes.column(tasks).isEmpty()))
        .as("running %s, tasks %s", nodes.column(running), nodes.column(tasks))
        .isTrue();
  }
}
