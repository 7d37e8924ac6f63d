package org.pagereel.server.tools.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.pagereel.recorder.process.Account;
import org.pagereel.recorder.process.Await;
import org.pagereel.recorder.process.Child;
import org.pagereel.recorder.process.ClosingTree;
import org.pagereel.recorder.process.Home;
import org.pagereel.recorder.process.Label;
import org.pagereel.recorder.process.Leftovers;
import org.pagereel.recorder.process.Scratch;
import org.pagereel.recorder.process.XAuthority;
import org.pagereel.recorder.process.Xvfb;
import org.pagereel.server.tools.measure.CpuUse;

/**
 * A peer: what LiveKit Egress does with a web page, by Debian's GStreamer. Its flags for Chromium,
 * a plain Xvfb at 60 Hz, a PulseAudio of the distribution's configuration with a null sink, and its
 * elements, queues and encoder settings (github.com/livekit/egress, pkg/pipeline).
 *
 * <p>It differs in two places, both to its advantage: Opus in Matroska, because GStreamer's AAC
 * encoder makes sound 21 ms late, and {@code audiorate}, which fills what was lost.
 */
final class PeerSound implements SoundPipeline {
  private static final String SINK = "reference";
  private static final Duration LOADING = Duration.ofSeconds(60);
  private static final Duration CLOSING = Duration.ofSeconds(10);
  private static final Duration LATE = Duration.ofSeconds(3);

  /** Egress's pipeline latency: what each queue may hold. */
  private static final String QUEUE =
      "queue max-size-time=3000000000 max-size-bytes=0 max-size-buffers=0";

  private static final String LEAKY = QUEUE + " leaky=downstream";

  /** For GStreamer's list of its elements, which takes a second to make. */
  private final Path cache;

  private final Consumer<String> news;

  PeerSound(Path cache, Consumer<String> news) {
    this.cache = cache;
    this.news = news;
  }

  @Override
  public String title() {
    return "reference";
  }

  @Override
  public SoundFile record(SoundPlan plan) throws IOException {
    Account account = Account.ofThisProcess();
    Scratch scratch = Scratch.of(plan.run()).create();
    try (ClosingTree open = new ClosingTree(news)) {
      // Last of all: what the others left, and the folder.
      open.register("scratch", CLOSING, () -> Leftovers.reap(plan.run()), () -> {});
      Path home = scratch.privateFolder("home", account);
      Path file = home.resolve("out.mkv");
      Map<String, String> environment = environment(plan, scratch, home);

      Child pulse = open(open, "pulseaudio", pulse(), account, scratch, environment);
      Xvfb xvfb =
          Xvfb.start(SoundPlan.SIZE, authority(scratch, account), account, scratch, environment);
      open.register("xvfb", CLOSING, () -> xvfb.child().stop(CLOSING), xvfb.child()::kill);
      environment.put("DISPLAY", xvfb.awaitDisplay());
      if (!Await.until(CLOSING, () -> Files.exists(home.resolve("native")))) {
        throw pulse.failure("offered no sound", scratch);
      }
      Child browser =
          open(open, "chromium", browser(plan.url(), home), account, scratch, environment);
      if (!plan.server().awaitPlaying(plan.run(), LOADING)) {
        throw browser.failure("did not play " + plan.url(), scratch);
      }
      Child gst = open(open, "gst-launch", pipeline(file), account, scratch, environment);
      if (!Await.until(LOADING, () -> isWritten(file) || !gst.isAlive()) || !gst.isAlive()) {
        throw gst.failure("recorded nothing", scratch);
      }
      List<Child> all = List.of(pulse, xvfb.child(), browser, gst);
      double cores =
          CpuUse.total(CpuSampling.cores(BenchPlan.SETTLE, plan.length(), () -> use(all)));
      // Its file began later than its first byte was written, and must be as long as ours.
      Await.until(LATE, () -> !gst.isAlive());
      finish(gst);
      Path kept = plan.folder().resolve("reference.mkv");
      Files.copy(file, kept);
      return new SoundFile(kept, cores, null);
    }
  }

  private static Child open(
      ClosingTree tree,
      String name,
      List<String> command,
      Account account,
      Scratch scratch,
      Map<String, String> environment) {
    Child child = Child.start(name, command, "KILL", account, scratch, environment);
    tree.register(name, CLOSING, () -> stop(child), child::kill);
    return child;
  }

  /** Its descendants first: a browser's renderers must not be left to themselves. */
  private static void stop(Child child) throws InterruptedException {
    List<ProcessHandle> below = child.process().descendants().toList();
    child.stop(CLOSING.dividedBy(2));
    below.forEach(ProcessHandle::destroyForcibly);
  }

  private Map<String, String> environment(SoundPlan plan, Scratch scratch, Path home) {
    Map<String, String> environment = new HashMap<>();
    environment.put(Label.VARIABLE, plan.run());
    environment.put("HOME", home.toString());
    environment.put("XDG_CONFIG_HOME", home.resolve(".config").toString());
    environment.put("XDG_CACHE_HOME", home.resolve(".cache").toString());
    environment.put("XDG_RUNTIME_DIR", home.toString());
    environment.put("TMPDIR", home.toString());
    environment.put("XAUTHORITY", scratch.file("Xauthority").toString());
    environment.put("PULSE_RUNTIME_PATH", home.toString());
    environment.put("PULSE_STATE_PATH", home.toString());
    environment.put("PULSE_SERVER", "unix:" + home.resolve("native"));
    environment.put("PULSE_SINK", SINK);
    environment.put("GST_REGISTRY", cache.resolve("registry.bin").toString());
    return environment;
  }

  private static Path authority(Scratch scratch, Account account) {
    return XAuthority.write(scratch.file("Xauthority"), account);
  }

  private static List<String> pulse() {
    return List.of(
        "env",
        "-u",
        "PULSE_SERVER", // a daemon that is told of one does not start
        "pulseaudio",
        "--daemonize=no",
        "--exit-idle-time=-1",
        "--disallow-exit",
        "--log-target=stderr",
        "-L",
        "module-null-sink sink_name=" + SINK);
  }

  private static List<String> browser(String url, Path home) {
    List<String> words = new ArrayList<>();
    words.add(Home.browser().toString());
    words.addAll(PeerFlags.of(SoundPlan.SIZE));
    words.add("--user-data-dir=" + home.resolve("profile"));
    words.add(url);
    return words;
  }

  private static List<String> pipeline(Path file) {
    String text =
        String.join(
            " ! ",
            "matroskamux name=mux",
            "filesink location=" + file + " ximagesrc use-damage=false show-pointer=false",
            LEAKY,
            "videoconvert",
            "videorate skip-to-first=true",
            "video/x-raw,framerate=" + SoundPlan.FPS + "/1",
            QUEUE,
            "x264enc speed-preset=veryfast vbv-buf-capacity=2000 bitrate=" + SoundPlan.BITRATE_KBPS,
            "video/x-h264,profile=main",
            LEAKY,
            "mux. pulsesrc device=" + SINK + ".monitor",
            LEAKY,
            "audioconvert",
            "audioresample",
            "audiorate skip-to-first=true",
            "audio/x-raw,format=S16LE,layout=interleaved,rate=48000,channels=2",
            "opusenc bitrate=128000",
            LEAKY,
            "mux.");
    List<String> words = new ArrayList<>(List.of("gst-launch-1.0", "-q", "-e"));
    words.addAll(List.of(text.split(" ", -1)));
    return words;
  }

  private static boolean isWritten(Path file) {
    try {
      return Files.exists(file) && Files.size(file) > 0;
    } catch (IOException e) {
      return false;
    }
  }

  private static CpuUse use(List<Child> children) {
    return CpuUse.of(
        children.stream()
            .map(child -> child.process().toHandle())
            .flatMap(handle -> Stream.concat(Stream.of(handle), handle.descendants()))
            .toList());
  }

  /** Ctrl-C, at which it writes what it still holds. */
  private static void finish(Child gst) throws IOException {
    try {
      new ProcessBuilder("kill", "-INT", String.valueOf(gst.process().pid())).start().waitFor();
      if (!gst.process().waitFor(30, TimeUnit.SECONDS)) {
        gst.kill();
      }
    } catch (InterruptedException e) {
      gst.kill();
      Thread.currentThread().interrupt();
    }
  }
}
