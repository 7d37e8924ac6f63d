package org.pagereel.server.faces.tencent;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.pagereel.recorder.av.FfmpegTool;
import org.pagereel.server.LeftoverCheck;
import org.pagereel.server.LongForm;
import org.pagereel.server.WholeMachine;
import org.pagereel.server.tools.measure.Decoded;
import tools.jackson.databind.JsonNode;

/**
 * A class with a board and two uploaded cameras, after which first the recorder is killed and then
 * the server: both real, both without a warning.
 */
@WholeMachine
class KilledReplayTest {
  private static final int SECONDS = LongForm.isOn() ? 60 : 40;
  private static final long OWN = 7_000_000;

  @TempDir Path folder;
  private ClassServer server;

  @AfterEach
  void close() {
    server.close();
    LeftoverCheck.assertNothingLeft();
  }

  @Test
  void theTaskIsFinishedAndNothingIsDoneTwice() throws Exception {
    server = new ClassServer(folder).spawnReal();
    server.setCallback(ClassServer.CALLBACK_KEY);
    hold();
    String task = server.create(1234, ",\"MixStream\":{\"Enabled\":true}");
    server.await(task, "30 %", now -> now.path("Progress").asInt() >= 30);
    Map<Path, FileTime> atFirst = parts(task);
    server.workers(task).forEach(ProcessHandle::destroyForcibly);
    server.await(task, "70 %", now -> now.path("Progress").asInt() >= 70);
    Map<Path, FileTime> atSecond = parts(task);
    atFirst.forEach((part, when) -> assertThat(atSecond).containsEntry(part, when));
    assertThat(atFirst).as("parts that were done at 30 %").isNotEmpty();
    server.kill();
    server.spawnReal();
    JsonNode described = server.awaitFinished(task);
    check(described);
    server.awaitEvents("OfflineRecordFinished", 1);
    List<Integer> progress =
        server.events.stream()
            .map(event -> event.path("EventData").path("Progress").asInt())
            .toList();
    assertThat(progress).isSorted().hasSizeGreaterThanOrEqualTo(11).last().isEqualTo(100);
    server.kill();
  }

  private void hold() throws Exception {
    long zero = System.currentTimeMillis() - SECONDS * 1000L;
    server.group("1234");
    server.send(
        "1234",
        "",
        "{\"type\":1003,\"seq\":1,\"timestamp\":%d,\"time_line\":%d,\"value\":{\"uid\":\"admin\"}}"
            .formatted(OWN, zero));
    for (int second = 0; second < SECONDS; second++) {
      server.send(
          "1234",
          "TXWhiteBoardExt",
          ("{\"seq\":%d,\"timestamp\":%d,\"value\":{\"operator\":\"admin\",\"actions\":["
                  + "{\"action\":1,\"seq\":%d,\"thin\":100,\"x\":1000,\"y\":%d},"
                  + "{\"action\":2,\"x\":9000,\"y\":%d},{\"action\":3}]}}")
              .formatted(second, OWN + second * 1000L, second, 100 * second, 100 * second + 50));
    }
    for (int i = 0; i < 2; i++) {
      Path file = folder.resolve("camera%d.mp4".formatted(i));
      List<String> words =
          List.of(
              "-v",
              "error",
              "-f",
              "lavfi",
              "-i",
              "testsrc2=s=640x360:r=15:d=%d".formatted(SECONDS - 5 * i),
              "-f",
              "lavfi",
              "-i",
              "sine=f=%d:d=%d".formatted(440 + 200 * i, SECONDS - 5 * i),
              "-c:v",
              "libx264",
              "-preset",
              "ultrafast",
              "-pix_fmt",
              "yuv420p",
              "-c:a",
              "aac",
              file.toString());
      assertThat(FfmpegTool.ffmpeg(words).inheritIO().start().waitFor()).isZero();
      server.upload("1234", "user" + i, zero + 5_000L * i, file);
    }
  }

  /** The parts that are done: a part counts once the note beside it says what is missing in it. */
  private Map<Path, FileTime> parts(String task) throws IOException {
    Map<Path, FileTime> found = new HashMap<>();
    try (Stream<Path> files = Files.list(server.files(task).resolve("parts"))) {
      for (Path file : files.toList()) {
        Path note = file.resolveSibling(file.getFileName() + ".missing");
        if (file.getFileName().toString().matches("(mix|board|sound).*") && Files.exists(note)) {
          found.put(file, Files.getLastModifiedTime(file));
        }
      }
    }
    return found;
  }

  private void check(JsonNode described) throws Exception {
    JsonNode video = described.path("VideoInfos").path(0);
    assertThat(video.path("VideoType").asInt()).isEqualTo(3);
    assertThat(video.path("VideoDuration").asLong())
        .isBetween(SECONDS * 1000L - 100, SECONDS * 1000L + 2000);
    Path file =
        Files.write(
            folder.resolve("video.mp4"), Downloads.get(video.path("VideoUrl").asString()).body());
    assertThat(Decoded.complaints(file)).isEmpty();
    assertThat(described.path("VideoInfos").size()).isEqualTo(1);
  }
}
