package org.pagereel.server.faces.agora;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Predicate;
import org.pagereel.server.Pause;
import org.pagereel.server.SetTime;
import org.pagereel.server.SmallDisk;

/** The faults that meet all recordings at once, one after the other. */
final class SoakWeather {
  /** Nothing begins so shortly before the end: what was delayed must be done by then. */
  private static final Duration CALM = Duration.ofSeconds(25);

  private enum Fault {
    CLOCK,
    STORE_LOCKED,
    DISK_FULL,
    RECEIVER_REFUSES,
    RECEIVER_HANGS
  }

  private record Span(Instant from, Instant to) {}

  private final TestServer server;
  private final SmallDisk disk;
  private final SoakReceiver receiver;
  private final SetTime time;
  private final List<Span> full = new CopyOnWriteArrayList<>();
  private final Map<Fault, Integer> counts = new EnumMap<>(Fault.class);

  SoakWeather(TestServer server, SmallDisk disk, SoakReceiver receiver, SetTime time) {
    this.server = server;
    this.disk = disk;
    this.receiver = receiver;
    this.time = time;
  }

  Void rage(Random random, Predicate<Duration> isOver) throws Exception {
    Fault[] all = Fault.values();
    Pause.of(Duration.ofSeconds(10));
    while (!isOver.test(CALM)) {
      Fault fault = all[random.nextInt(all.length)];
      Duration length = Duration.ofMillis(1000 + random.nextInt(7000));
      boolean happens = fault != Fault.DISK_FULL || disk.canBeFull();
      if (happens) {
        System.out.printf("soak: %s for %s%n", fault, length);
        counts.merge(fault, 1, Integer::sum);
        let(fault, length, random);
      }
      Pause.of(Duration.ofSeconds(4 + random.nextInt(12)));
    }
    return null;
  }

  private void let(Fault fault, Duration length, Random random) throws Exception {
    switch (fault) {
      case CLOCK -> {
        Duration by = Duration.ofMinutes(random.nextInt(240) - 120);
        time.set(by);
        Pause.of(length);
        time.set(by.negated());
      }
      case STORE_LOCKED -> {
        String url = "jdbc:sqlite:" + server.data.resolve("data/pagereel.db");
        try (Connection other = DriverManager.getConnection(url);
            Statement statement = other.createStatement()) {
          statement.execute("PRAGMA busy_timeout = 10000");
          statement.execute("BEGIN IMMEDIATE");
          Pause.of(length);
          statement.execute("ROLLBACK");
        }
      }
      case DISK_FULL -> {
        Instant from = Instant.now();
        disk.fill();
        try {
          Pause.of(length);
        } finally {
          disk.empty();
          full.add(new Span(from, Instant.now()));
        }
      }
      case RECEIVER_REFUSES -> mood(SoakReceiver.Mood.REFUSES, length);
      case RECEIVER_HANGS -> mood(SoakReceiver.Mood.HANGS, length);
    }
  }

  private void mood(SoakReceiver.Mood mood, Duration length) {
    receiver.be(mood);
    Pause.of(length);
    receiver.be(SoakReceiver.Mood.WELL);
  }

  /** A full disk ends recordings: that is no fault of theirs. */
  boolean wasDiskFull(Instant from, Instant to) {
    return full.stream().anyMatch(span -> span.from().isBefore(to) && span.to().isAfter(from));
  }

  String summary() {
    return counts.toString();
  }
}
