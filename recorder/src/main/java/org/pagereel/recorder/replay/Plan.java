package org.pagereel.recorder.replay;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.pagereel.recorder.ReplayRequest;
import org.pagereel.recorder.WholeFile;
import org.pagereel.recorder.wire.Json;

/**
 * What is to be made of a class.
 *
 * @param script digest of what happens on the board
 */
record Plan(
    ReplayRequest request, ClassTimeline timeline, List<Collected.Here> here, String script) {
  private static final String FILE = "plan.json";

  List<PlacedVideo> videos() {
    return here.stream().map(one -> one.placed(timeline.zero())).toList();
  }

  /** Parts of another plan, made before a file could be had or a message came, are of no use. */
  void keepOrBeginAnew(Path folder) throws IOException {
    String text =
        Json.LINES.writeValueAsString(List.of(request, timeline, script)) + "\n" + videos();
    Path file = folder.resolve(FILE);
    if (Files.exists(file) && Files.readString(file).equals(text)) {
      return;
    }
    try (Stream<Path> files = Files.list(folder)) {
      for (Path part : files.filter(Plan::isPart).toList()) {
        Files.delete(part);
      }
    }
    WholeFile.write(file, text);
  }

  private static boolean isPart(Path file) {
    String name = file.getFileName().toString();
    return name.startsWith(BoardParts.NAME + "-")
        || name.startsWith(MixedClass.NAME + "-")
        || name.startsWith(ReplayVideos.SOUND)
        || name.startsWith(ParticipantVideos.NAME + "-");
  }
}
