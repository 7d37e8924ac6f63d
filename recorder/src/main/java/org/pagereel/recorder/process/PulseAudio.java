package org.pagereel.recorder.process;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.pagereel.recorder.SoundPath;

/**
 * This recording's sound: a daemon of its own with one sink that plays into a pipe. It renders when
 * the pipe is read, so whoever reads it is the clock of all sound.
 */
public final class PulseAudio {
  private static final Duration START_DEADLINE = Duration.ofSeconds(10);
  private static final String SINK = "pagereel";

  private final Child child;
  private final Scratch scratch;
  private final Path socket;
  private final SoundPipe pipe;

  private PulseAudio(Child child, Scratch scratch, Path socket, SoundPipe pipe) {
    this.child = child;
    this.scratch = scratch;
    this.socket = socket;
    this.pipe = pipe;
  }

  public static PulseAudio start(Account account, Scratch scratch, Map<String, String> env) {
    Path folder = scratch.privateFolder("pulse", account);
    Path socket = folder.resolve("native");
    SoundPipe pipe = new SoundPipe(scratch.file("sound"), account);
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
            "-F",
            script(scratch, pipe.path(), socket).toString());
    Child child = Child.start("pulseaudio", command, "KILL", account, scratch, environment);
    return new PulseAudio(child, scratch, socket, pipe);
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

  /**
   * What the daemon does at its start. A sink to which nobody plays renders nothing, and could not
   * be told from one that hangs: so a tone without end plays to it, muted. The block that it plays
   * before it is muted lies in the pipe until {@link SoundPipe#discard}. The folder of the socket
   * is private, so whoever reaches it may use it.
   */
  private static Path script(Scratch scratch, Path pipe, Path socket) {
    return scratch.write(
        "pulse.pa",
        """
        .fail
        load-module module-pipe-sink sink_name=%1$s format=float32le rate=%2$d channels=%5$d file=%3$s
        load-module module-sine sink=%1$s frequency=100
        set-sink-input-mute 0 true
        load-module module-native-protocol-unix auth-anonymous=1 socket=%4$s
        """
            .formatted(SINK, SoundPath.RATE, pipe, socket, SoundPath.CHANNELS));
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
    pipe.hide();
    return "unix:" + socket;
  }

  /** The pipe through which the page's sound comes. To be closed after the daemon. */
  public SoundPipe pipe() {
    return pipe;
  }
}
