package org.pagereel.server.supervisor;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.pagereel.server.replay.StandInRecorder;

/** Recorders whose replays are made by {@link StandInRecorder}, in a process of its own as well. */
public final class StandIns {
  private StandIns() {}

  public static Recorders recorders(RecorderSettings settings, int warm) {
    return new Recorders(settings, warm, StandIns::commandLine);
  }

  private static List<String> commandLine(List<String> arguments) {
    List<String> words = new ArrayList<>(List.of("setsid", "nice", "-n", "10"));
    words.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    words.addAll(List.of("-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1", "-Xmx64m"));
    words.add("-cp");
    words.add(System.getProperty("java.class.path"));
    words.add(StandInRecorder.class.getName());
    words.addAll(arguments);
    return words;
  }
}
