package org.pagereel.server.faces.agora;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.pagereel.recorder.Report;
import org.pagereel.recorder.process.Await;
import org.pagereel.recorder.process.Leftovers;
import org.pagereel.recorder.wire.ReportFile;
import org.pagereel.server.Pause;
import org.pagereel.server.TestPages;
import org.pagereel.server.Victims;
import org.pagereel.server.tools.measure.Decoded;
import tools.jackson.databind.JsonNode;

/** A room whose teacher records one class after the other, while its recorders die and freeze. */
final class SoakRoom {
  private static final String SMALL =
      ",\"videoWidth\":480,\"videoHeight\":320,\"videoFps\":10,\"videoBitrate\":200";

  private static final String MOVING =
      "<body><h1 id=a>0</h1><script>setInterval(() => a.textContent++, 100)</script>";

  /** The cause of an attempt's end because something gave no sign of life. */
  private static final String FROZEN =
      ".*(has not answered|has given nothing|has drawn no|has not reached|has stood still|does not answer).*";

  private static final Duration LAST = Duration.ofSeconds(25);

  /** A full disk may come in between, and files are then completed after 10, 20, 40 s. */
  private static final Duration PATIENCE = Duration.ofMinutes(3);

  /** A recorder that dies more often in a row is given up. */
  private static final int MAX_DEATHS = 5;

  /** What is lost at the most; the rest is the rounding of a few orders. */
  private static final double LOST_BY_DEATH = 0.5;

  private static final double LOST_BY_FREEZE = 15;
  private static final double LOST_OTHERWISE = 1.5;

  /** Seconds of a picture at rest that a recorder takes with it: five frames, one a second. */
  private static final double IN_THE_ENCODER = 5;

  private final TestServer server;
  private final SoakWeather weather;
  private final AgoraClient client;
  private final String room;
  private final Random random;
  private final String page;
  private final String node;
  private final List<String> told = new ArrayList<>();
  private int recordings;
  private int deaths;
  private int freezes;

  SoakRoom(TestServer server, TestPages pages, SoakWeather weather, String room, Random random)
      throws Exception {
    this.server = server;
    this.weather = weather;
    this.room = room;
    this.random = random;
    client = server.client();
    page = pages.html(room + ".html", MOVING);
    node = Files.readString(server.data.resolve("data/node")).strip();
  }

  int recordings() {
    return recordings;
  }

  Void playUntil(Predicate<Duration> isOver) throws Exception {
    ask(() -> client.call("POST", client.room(room), "{\"roomName\":\"r\",\"roomType\":\"4\"}"));
    while (!isOver.test(LAST)) {
      play();
    }
    return null;
  }

  private void play() throws Exception {
    told.clear();
    deaths = 0;
    freezes = 0;
    boolean hold = random.nextInt(3) == 0;
    Instant from = Instant.now();
    String start = "\"rootUrl\":\"" + page + "\",\"onhold\":" + hold + SMALL;
    AgoraClient.Answer answer = ask(() -> client.start(room, start, ""));
    assertThat(answer.status()).as("%s: %s", this, answer.body()).isEqualTo(200);
    String id = answer.data().path("recordId").asString();
    recordings++;
    tell("start " + id + (hold ? " held" : ""));
    if (comes(record -> record.path("ready").asBoolean() || isOver(record))) {
      act(id, System.nanoTime() + Duration.ofSeconds(12 + random.nextInt(25)).toNanos());
    }
    tell("stop");
    assertThat(ask(() -> client.stop(room)).code()).as("%s", this).isIn(0, 30409410);
    assertThat(comes(SoakRoom::isOver)).as("%s is over", this).isTrue();
    check(id, from);
  }

  private void act(String id, long end) throws Exception {
    boolean held = client.record(room).path("onhold").asBoolean();
    while (System.nanoTime() < end) {
      Pause.of(Duration.ofMillis(2000 + random.nextInt(4000)));
      switch (random.nextInt(8)) {
        case 0, 1, 2 -> {
          boolean wanted = !held;
          AgoraClient.Answer answer = ask(() -> client.hold(room, wanted));
          tell((wanted ? "hold " : "release ") + answer.status());
          held = answer.status() == 200 ? wanted : held;
        }
        case 3 -> {
          ProcessHandle victim = victim(id);
          if (victim != null) {
            tell("kill " + Victims.name(victim));
            deaths++;
            victim.destroyForcibly();
          }
        }
        case 4 -> {
          ProcessHandle victim = victim(id);
          if (victim != null && Victims.reaches("STOP", victim)) {
            tell("freeze " + Victims.name(victim));
            freezes++;
            boolean isShort = random.nextBoolean();
            Pause.of(Duration.ofSeconds(isShort ? 5 : 16));
            Victims.reaches("CONT", victim);
          }
        }
        default -> {}
      }
    }
  }

  /** A process of the attempt that goes on. */
  private @Nullable ProcessHandle victim(String id) {
    for (int attempt = 30; attempt >= 1; attempt--) {
      List<ProcessHandle> alive =
          Leftovers.processes(node + "-" + id + "-" + attempt).stream()
              .flatMap(process -> Stream.concat(Stream.of(process), process.descendants()))
              .filter(ProcessHandle::isAlive)
              .distinct()
              .toList();
      if (!alive.isEmpty()) {
        return alive.get(random.nextInt(alive.size()));
      }
    }
    return null;
  }

  private void check(String id, Instant from) throws Exception {
    Path files = server.recording(id);
    if (!Files.exists(files.resolve(Report.FILE))) {
      return; // it was over before a recorder had begun
    }
    assertThat(Await.until(PATIENCE, () -> isComplete(files)))
        .as("%s: %s", this, ReportFile.read(files))
        .isTrue();
    Report report = ReportFile.read(files);
    String where = this + ": " + report;
    boolean wasFull = weather.wasDiskFull(from, Instant.now());
    assertThat(report.attempt())
        .as(where)
        .isLessThanOrEqualTo(1 + deaths + freezes + (wasFull ? 3 : 0));
    assertThat(report.gaps().size())
        .as(where)
        .isLessThanOrEqualTo(deaths + freezes + (wasFull ? 3 : 0));
    assertThat(report.gaps()).as(where).allMatch(gap -> gap.to() != null && !gap.cause().isBlank());
    assertThat(report.gaps().stream().filter(gap -> gap.cause().matches(FROZEN)).count())
        .as("replaced as frozen, %s", where)
        .isLessThanOrEqualTo(freezes);
    if (freezes == 0) {
      report.warnings().stream()
          .filter(warning -> warning.kind().equals("frozen"))
          .forEach(warning -> System.out.println("soak: nobody froze: " + warning));
    }
    Report.Failure failure = report.failure();
    assertThat(report.state() == Report.State.FAILED).as(where).isEqualTo(failure != null);
    if (failure != null) {
      boolean died = deaths + freezes > MAX_DEATHS;
      assertThat(wasFull || died || report.slices().isEmpty()).as(where).isTrue();
    }
    checkMedia(files, report, where, wasFull);
    assertFilesAreKnown(files, where);
    RandomCommandsTest.checkGrammar(client.events(room), where);
  }

  private void checkMedia(Path files, Report report, String where, boolean wasFull)
      throws Exception {
    Instant started = report.startedAt();
    Instant stopped = report.stoppedAt();
    if (report.slices().isEmpty() || started == null || stopped == null) {
      return;
    }
    double away =
        report.pauses().stream().mapToDouble(pause -> seconds(pause.from(), pause.to())).sum()
            + report.gaps().stream().mapToDouble(gap -> seconds(gap.from(), gap.to())).sum();
    double expected = seconds(started, stopped) - away;
    double lost = LOST_BY_DEATH * deaths + LOST_BY_FREEZE * freezes + LOST_OTHERWISE;
    if (!wasFull) {
      assertThat(report.durationSeconds())
          .as("%s: expected %.1f s", where, expected)
          .isBetween(expected - lost, expected + LOST_OTHERWISE);
    }
    double[] times = Decoded.pictureTimes(files.resolve("page.mp4"));
    boolean endedInGap = report.failure() != null || stopped.equals(lastGap(report));
    double encoded = endedInGap ? IN_THE_ENCODER : 0;
    assertThat(times[times.length - 1])
        .as(where)
        .isBetween(report.durationSeconds() - 2 - encoded, report.durationSeconds() + 0.5);
    assertThat(Decoded.complaints(files.resolve("page.mp4"))).as(where).isEmpty();
  }

  private static @Nullable Instant lastGap(Report report) {
    return report.gaps().isEmpty() ? null : report.gaps().getLast().to();
  }

  private static double seconds(Instant from, @Nullable Instant to) {
    return to == null ? 0 : Duration.between(from, to).toMillis() / 1e3;
  }

  private static void assertFilesAreKnown(Path files, String where) throws IOException {
    try (Stream<Path> all = Files.list(files)) {
      assertThat(all.map(file -> file.getFileName().toString()).toList())
          .as(where)
          .allMatch(name ->
              name.matches(
                  "page-\\d+-\\d+\\.ts(\\.broken)?|page(-\\d+)?\\.mp4|page\\.m3u8|recording\\.json"));
    }
  }

  private static boolean isComplete(Path files) {
    try {
      Report report = ReportFile.read(files);
      return report.filesAreMade() && !Files.exists(files.resolve("slices.jsonl"));
    } catch (IOException e) {
      return false;
    }
  }

  private static boolean isOver(JsonNode record) {
    return record.path("state").asInt(-1) == 0;
  }

  /** Waits for the room's property to be so. */
  private boolean comes(Predicate<JsonNode> expected) {
    return Await.until(
        PATIENCE,
        () -> {
          try {
            return expected.test(client.record(room));
          } catch (Exception e) {
            throw new AssertionError(e);
          }
        });
  }

  /** Asks again while the store does not answer. */
  private AgoraClient.Answer ask(Callable<AgoraClient.Answer> question) throws Exception {
    long end = System.nanoTime() + PATIENCE.toNanos();
    AgoraClient.Answer answer = question.call();
    while (answer.status() == 503 && System.nanoTime() < end) {
      Pause.of(Duration.ofMillis(300));
      answer = question.call();
    }
    return answer;
  }

  private void tell(String what) {
    told.add(Instant.now() + " " + what);
    System.out.println("soak: " + room + " " + what);
  }

  @Override
  public String toString() {
    return room + " " + told;
  }
}
