package org.pagereel.server.faces.tencent;

import static org.assertj.core.api.Assertions.assertThat;

import com.tencentcloudapi.tiw.v20190919.TiwClient;
import com.tencentcloudapi.tiw.v20190919.models.DescribeOnlineRecordResponse;
import com.tencentcloudapi.tiw.v20190919.models.MixStream;
import com.tencentcloudapi.tiw.v20190919.models.SetOnlineRecordCallbackKeyRequest;
import com.tencentcloudapi.tiw.v20190919.models.SetOnlineRecordCallbackRequest;
import com.tencentcloudapi.tiw.v20190919.models.StartOnlineRecordRequest;
import com.tencentcloudapi.tiw.v20190919.models.VideoInfo;
import com.tencentcloudapi.tiw.v20190919.models.Whiteboard;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.pagereel.recorder.Report;
import org.pagereel.recorder.process.Await;
import org.pagereel.recorder.wire.Json;
import org.pagereel.server.LeftoverCheck;
import org.pagereel.server.TestPages;
import org.pagereel.server.WholeMachine;
import org.pagereel.server.faces.demo.Participants;
import org.pagereel.server.tools.measure.Decoded;
import org.pagereel.server.tools.measure.FlashBeep;
import org.pagereel.server.tools.measure.Pixels;
import org.pagereel.server.tools.measure.Tone;
import tools.jackson.databind.JsonNode;

/**
 * A class over real WebRTC, recorded by the vendor's own client: one comes late, one leaves and
 * comes back, one shares the screen, and there is a pause. {@code -Dpagereel.pauseSeconds=20} makes
 * it longer.
 */
@WholeMachine
class WholeClassTest {
  private static final int PAUSE = Integer.getInteger("pagereel.pauseSeconds", 4);
  private static final String FLASH = "iw*0.3:ih*0.3:iw*0.35:ih*0.35";

  /** Whose beep has which pitch. */
  private static final Map<String, Integer> PITCH =
      Map.of("teacher", 440, "anna", 620, "ben", 860, "carl", 1180, "tic_substream_teacher", 1560);

  /** And whose picture which colour. */
  private static final Map<String, Integer> COLOUR =
      Map.of(
          "teacher",
          0xcc3333,
          "anna",
          0x33aa33,
          "ben",
          0x3333cc,
          "carl",
          0xcc33cc,
          "tic_substream_teacher",
          0x22aacc);

  @TempDir Path folder;
  private final List<JsonNode> events = new CopyOnWriteArrayList<>();
  private final List<Double> offsets = new ArrayList<>();
  private RealServer server;
  private TiwClient client;
  private String task;

  @Test
  void everyStreamIsRecordedByItself() throws Exception {
    try (TestPages callbacks = new TestPages();
        RealServer started = new RealServer(folder, "");
        Participants people = Participants.open(started.base)) {
      server = started;
      client = server.client;
      setCallback(
          callbacks.handle(
              "callback",
              exchange -> {
                events.add(Json.LINES.readTree(exchange.getRequestBody().readAllBytes()));
                TestPages.send(exchange, 200, "application/json", "{\"error_code\":0}");
              }));
      hold(people);
      check();
    }
    LeftoverCheck.assertNothingLeft();
  }

  private void hold(Participants people) throws Exception {
    join(people, "teacher");
    join(people, "anna");
    join(people, "ben");
    // A browser that starts would disturb everybody on this machine: carl's is there, and carl is
    // not.
    join(people, "carl");
    people.leave("carl");
    start();
    server.await(task, "RECORDING");
    pass(people, 3);
    people.rejoin("carl");
    pass(people, 2);
    people.leave("anna");
    pass(people, 2);
    people.rejoin("anna");
    people.share("teacher", colour("tic_substream_teacher"), PITCH.get("tic_substream_teacher"));
    pass(people, 5);
    server.pause(task);
    server.await(task, "PAUSED");
    pass(people, PAUSE);
    server.resume(task);
    server.await(task, "RECORDING");
    pass(people, 6);
    server.stop(task);
    server.await(task, "FINISHED");
  }

  private void check() throws Exception {
    DescribeOnlineRecordResponse result = server.describe(task);
    VideoInfo[] videos = result.getVideoInfos();
    assertThat(result.getFinishReason()).isEqualTo("USER_CALL");
    assertThat(result.getExceptionCnt()).isZero();
    assertThat(Arrays.stream(videos).map(video -> video.getVideoType() + " " + video.getUserId()))
        .containsExactlyInAnyOrder(
            "0 teacher",
            "0 teacher",
            "0 anna",
            "0 anna",
            "0 anna",
            "0 ben",
            "0 ben",
            "0 carl",
            "0 carl",
            "1 tic_substream_teacher",
            "1 tic_substream_teacher",
            "2 ",
            "2 ",
            "3 tic_mixstream_101_2",
            "3 tic_mixstream_101_2");
    assertThat(result.getTotalTime())
        .isEqualTo(
            Arrays.stream(videos)
                .mapToLong(video -> video.getVideoPlayTime() + video.getVideoDuration())
                .max()
                .orElseThrow());
    assertThat(result.getInterrupts()).hasSize(1);
    assertThat(result.getInterrupts()[0].getUserId()).isEqualTo("anna");
    Report report = server.report(task);
    Map<Boolean, List<Double>> phases = new HashMap<>();
    for (VideoInfo video : videos) {
      Path file = server.download(video);
      assertThat(Files.size(file)).isEqualTo(video.getVideoSize());
      assertThat(Decoded.complaints(file)).as(video.getVideoUrl()).isEmpty();
      if (video.getVideoType() <= 1) {
        checkStream(video, file, report, phases);
      }
    }
    for (List<Double> together : phases.values()) {
      assertThat(Collections.max(together) - Collections.min(together))
          .as("alignment of streams, ms: %s", together)
          .isLessThan(300);
    }
    Collections.sort(offsets);
    double p95 = offsets.get((int) Math.ceil(offsets.size() * 0.95) - 1);
    System.err.printf("A/V p95 %.0f ms of %d%n", p95, offsets.size());
    assertThat(p95).as("A/V p95, ms").isLessThan(350);
    checkCallbacks(result);
  }

  /** Own pitch and nobody else's; sound with picture; everything when it was. */
  private void checkStream(
      VideoInfo video, Path file, Report report, Map<Boolean, List<Double>> phases) {
    short[] sound = Decoded.sound(file);
    double own = Tone.loudest(sound, PITCH.get(video.getUserId()));
    assertThat(own).as("the beep of %s", video.getUserId()).isGreaterThan(0.1);
    PITCH.forEach((name, hertz) -> {
      if (!name.equals(video.getUserId())) {
        assertThat(Tone.usual(sound, hertz))
            .as("%s in %s, whose own is %s", name, video.getUserId(), own)
            .isLessThan(own / 2.5);
      }
    });
    Pixels picture = Pixels.ofLastPicture(file);
    int colour = picture.at(picture.width() / 16, picture.height() / 2);
    COLOUR.forEach((name, theirs) ->
        assertThat(isNear(colour, theirs))
            .as("%06x in %s: that of %s", colour, video.getUserId(), name)
            .isEqualTo(name.equals(video.getUserId())));
    FlashBeep all = FlashBeep.of(file, FLASH);
    // A file that begins in the middle of a flash shows no beginning of it.
    FlashBeep seen =
        new FlashBeep(all.flashes().stream().filter(at -> at > 0.12).toList(), all.beeps());
    assertThat(seen.flashes()).as("flashes of %s", video.getUserId()).isNotEmpty();
    boolean afterPause = video.getVideoPlayTime() > pausedAt(report) - 300;
    long zero = report.startedAt().toEpochMilli() + (afterPause ? pauseMillis(report) : 0);
    double[] phase =
        seen.flashes().stream()
            .mapToDouble(at -> (zero + video.getVideoPlayTime() + at * 1000 + 500) % 1000 - 500)
            .toArray();
    System.err.printf(
        "%-22s from %5d ms, %5d ms: A/V %s, after the second %s%n",
        video.getUserId(),
        video.getVideoPlayTime(),
        video.getVideoDuration(),
        Arrays.toString(Arrays.stream(seen.offsetsMillis()).mapToLong(Math::round).toArray()),
        Arrays.toString(Arrays.stream(phase).mapToLong(Math::round).toArray()));
    Arrays.sort(phase);
    double median = phase[phase.length / 2];
    Arrays.stream(seen.offsetsMillis()).map(Math::abs).forEach(offsets::add);
    phases.computeIfAbsent(afterPause, key -> new ArrayList<>()).add(median);
    // Over the network, and painted by participants on the same busy machine: a little later. One
    // that was held up stamps its pictures late for a while, so that they seem to come early.
    assertThat(median).as("flashes after the second, ms").isBetween(-250.0, 400.0);
  }

  private static boolean isNear(int one, int other) {
    return IntStream.of(0, 8, 16)
        .allMatch(shift -> Math.abs((one >> shift & 0xff) - (other >> shift & 0xff)) < 28);
  }

  private static double pausedAt(Report report) {
    return Duration.between(report.startedAt(), report.pauses().getFirst().from()).toMillis();
  }

  private static long pauseMillis(Report report) {
    Report.Interval pause = report.pauses().getFirst();
    return Duration.between(pause.from(), pause.to()).toMillis();
  }

  private void checkCallbacks(DescribeOnlineRecordResponse result) throws Exception {
    assertThat(Await.until(Duration.ofSeconds(10), () -> events.size() >= 3)).isTrue();
    assertThat(events.stream().map(event -> event.path("EventType").asString()))
        .containsExactly("OnlineRecordStarted", "OnlineRecordStopped", "OnlineRecordFinished");
    for (JsonNode event : events) {
      long expires = event.path("ExpireTime").asLong();
      assertThat(expires).isGreaterThan(Instant.now().getEpochSecond());
      assertThat(event.path("Sign").asString()).isEqualTo(Md5.hex("callbackKey" + expires));
      assertThat(event.path("EventData").path("TaskId").asString()).isEqualTo(task);
    }
    assertThat(events.getLast().path("EventData").path("TotalTime").asLong())
        .isEqualTo(result.getTotalTime());
  }

  private void start() throws Exception {
    StartOnlineRecordRequest request = RealServer.request();
    Whiteboard board = new Whiteboard();
    board.setWidth(1280L);
    board.setHeight(960L);
    request.setWhiteboard(board);
    MixStream mix = new MixStream();
    mix.setEnabled(true);
    mix.setModelId(2L);
    mix.setTeacherId("teacher");
    request.setMixStream(mix);
    request.setExtras(new String[] {"MIX_STREAM"});
    task = client.StartOnlineRecord(request).getTaskId();
  }

  private void setCallback(String address) throws Exception {
    SetOnlineRecordCallbackRequest callback = new SetOnlineRecordCallbackRequest();
    callback.setSdkAppId(TencentTestServer.APP);
    callback.setCallback(address);
    client.SetOnlineRecordCallback(callback);
    SetOnlineRecordCallbackKeyRequest key = new SetOnlineRecordCallbackKeyRequest();
    key.setSdkAppId(TencentTestServer.APP);
    key.setCallbackKey("callbackKey");
    client.SetOnlineRecordCallbackKey(key);
  }

  private static String colour(String name) {
    return "%06x".formatted(COLOUR.get(name));
  }

  private static void join(Participants people, String user) {
    String role = user.equals("teacher") ? "teacher" : "student";
    people.join("101", user, role, colour(user), PITCH.get(user), "&listen=0&size=320x180");
  }

  /** Time passes in the class. */
  private static void pass(Participants people, int seconds) {
    people.page("teacher").waitForTimeout(seconds * 1000.0);
  }
}
