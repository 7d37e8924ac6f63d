package org.pagereel.server.platform.supervisor;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.pagereel.recorder.session.RecorderProcess;

/**
 * How a recorder JVM is started: this JVM's Java and class path, in a session of its own. It keeps
 * the build that it runs from by a lock of its own, as it may outlive this JVM.
 */
final class RecorderCommandLine {
  private static final String NATIVES = "org.bytedeco.javacpp.cachedir";

  private RecorderCommandLine() {}

  static List<String> of(List<String> arguments) {
    // Little lives on the heap; a roomy one is filled with garbage before it is swept.
    // What computes is native, or as fast with one compiler: the second would only cost, 25 MB and
    // half a second of a start.
    return of(List.of(), List.of("-Xmx96m", "-XX:TieredStopAtLevel=1"), arguments);
  }

  /** One whose work can wait: recordings on the same cores are not to feel it. */
  static List<String> behind(List<String> arguments) {
    return of(List.of("nice", "-n", "10"), List.of("-Xmx256m"), arguments);
  }

  private static List<String> of(
      List<String> before, List<String> machine, List<String> arguments) {
    String home = System.getProperty("pagereel.home", ".");
    List<String> words = new ArrayList<>();
    // Its own session: Ctrl-C in our terminal must not reach it or its browser.
    words.add("setsid");
    words.addAll(before);
    String lock = System.getProperty("pagereel.lock");
    if (lock != null) {
      words.addAll(List.of("flock", "--shared", "--no-fork", lock));
    }
    words.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    words.add("--enable-native-access=ALL-UNNAMED");
    words.add("--sun-misc-unsafe-memory-access=allow");
    words.add("-XX:+UseSerialGC");
    words.addAll(machine);
    // Without that thread it would only seem to record; the code is RecorderProcess.BROKEN.
    words.add("-XX:+ExitOnOutOfMemoryError");
    words.add("-XX:+DisplayVMOutputToStderr"); // its last words are no event
    // JavaCPP would fail at four times the heap; a long mix takes more memory outside of it.
    words.add("-Dorg.bytedeco.javacpp.maxPhysicalBytes=0");
    words.add("-Dpagereel.home=" + home);
    String natives = Path.of(home, ".pagereel", "natives").toString();
    words.add("-D" + NATIVES + "=" + System.getProperty(NATIVES, natives));
    words.add("-cp");
    words.add(System.getProperty("java.class.path"));
    words.add(RecorderProcess.class.getName());
    words.addAll(arguments);
    return words;
  }
}
