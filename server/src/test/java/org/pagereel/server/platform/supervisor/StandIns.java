package org.pagereel.server.platform.supervisor;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.pagereel.server.core.recording.StandInCamera;
import org.pagereel.server.core.replay.StandInRecorder;

/** Recorders whose replays are made by {@link StandInRecorder}, in a process of its own as well. */
public final class StandIns {
  private StandIns() {}

  public static Recorders recorders(RecorderSettings settings, int warm) {
    return new RecorderPool(settings, warm, RecorderCommandLine::of, StandIns::replaying);
  }

  /** The same, whose recordings are made by {@link StandInCamera}, in processes of their own. */
  public static Recorders cameras(RecorderSettings settings) {
    return new RecorderPool(settings, 0, StandIns::recording, StandIns::replaying);
  }

  /** The same, whose recordings are made by a program that gets the recorder's arguments. */
  public static Recorders programs(RecorderSettings settings, Path program) {
    return new RecorderPool(
        settings,
        0,
        arguments -> {
          List<String> words = new ArrayList<>(List.of("setsid", program.toString()));
          words.addAll(arguments);
          return words;
        },
        StandIns::replaying);
  }

  private static List<String> replaying(List<String> arguments) {
    return commandLine(List.of("setsid", "nice", "-n", "10"), StandInRecorder.class, arguments);
  }

  private static List<String> recording(List<String> arguments) {
    return commandLine(List.of("setsid"), StandInCamera.class, arguments);
  }

  private static List<String> commandLine(
      List<String> before, Class<?> main, List<String> arguments) {
    List<String> words = new ArrayList<>(before);
    words.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    words.addAll(List.of("-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1", "-Xmx64m"));
    words.add("-cp");
    words.add(System.getProperty("java.class.path"));
    words.add(main.getName());
    words.addAll(arguments);
    return words;
  }
}
