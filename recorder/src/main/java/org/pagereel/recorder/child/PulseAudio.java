package org.pagereel.recorder.child;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.pagereel.recorder.SoundPath;

/** This recording's sound: a daemon of its own with one null sink, whose monitor we record. */
public final class PulseAudio {
  private static final Duration START_DEADLINE = Duration.ofSeconds(10);
  private static final String SINK = "pagereel";

  private final Child child;
  private final Scratch scratch;
  private final Path socket;

  private PulseAudio(Child child, Scratch scratch, Path socket) {
    this.child = child;
    this.scratch = scratch;
    this.socket = socket;
  }

  public static PulseAudio start(Account account, Scratch scratch, Map<String, String> env) {
    Path folder = scratch.privateFolder("pulse", account);
    Path socket = folder.resolve("native");
    Map<String, String> environment = new HashMap<>(env);
    environment.put("PULSE_RUNTIME_PATH", folder.toString());
    environment.put("PULSE_STATE_PATH", folder.toString());
    environment.put("HOME", folder.toString());
    environment.put("PULSE_CONFIG", configuration(scratch).toString());
    List<String> command =
        List.of(
            "pulseaudio",
            "-n",
            "--daemonize=no",
            "--use-pid-file=no",
            "--exit-idle-time=-1",
            "--disallow-exit=yes",
            "--high-priority=no",
            "--disable-shm=yes",
            "--log-target=stderr",
            "-L",
            "module-null-sink sink_name=%s format=s16le rate=%d channels=2"
                .formatted(SINK, SoundPath.RATE),
            "-L",
            // The folder is private, so whoever reaches the socket may use it.
            "module-native-protocol-unix auth-anonymous=1 socket=" + socket);
    Child child = Child.start("pulseaudio", command, "KILL", account, scratch, environment);
    return new PulseAudio(child, scratch, socket);
  }

  /**
   * Chromium asks the daemon for its rate, not the sink. The daemon's own is 44,100 Hz, and all
   * sound would be resampled by its quickest resampler.
   */
  private static Path configuration(Scratch scratch) {
    return scratch.write(
        "pulse.conf",
        "default-sample-rate = %d\nalternate-sample-rate = %d\n"
            .formatted(SoundPath.RATE, SoundPath.RATE));
  }

  public Child child() {
    return child;
  }

  /** The address for {@code PULSE_SERVER}, once the daemon listens there. */
  public String awaitServer() {
    if (!Await.until(START_DEADLINE, () -> Files.exists(socket) || !child.isAlive())
        || !child.isAlive()) {
      throw child.failure("offered no sound within " + START_DEADLINE.toSeconds() + " s", scratch);
    }
    return "unix:" + socket;
  }

  /** The source that carries what the page plays. */
  public String monitor() {
    return SINK + ".monitor";
  }
}
