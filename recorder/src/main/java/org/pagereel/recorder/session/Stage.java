package org.pagereel.recorder.session;

import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.pagereel.recorder.FailureCategory;
import org.pagereel.recorder.PageNetwork;
import org.pagereel.recorder.PageSize;
import org.pagereel.recorder.RecordingFailure;
import org.pagereel.recorder.RecordingRequest;
import org.pagereel.recorder.SoundPath;
import org.pagereel.recorder.av.PacketSink;
import org.pagereel.recorder.browser.Browser;
import org.pagereel.recorder.browser.BrowserProfile;
import org.pagereel.recorder.browser.BrowserSettings;
import org.pagereel.recorder.browser.NoPrograms;
import org.pagereel.recorder.browser.PageListener;
import org.pagereel.recorder.capture.Capture;
import org.pagereel.recorder.capture.CaptureSettings;
import org.pagereel.recorder.capture.WarmUp;
import org.pagereel.recorder.liveness.Probe;
import org.pagereel.recorder.process.Account;
import org.pagereel.recorder.process.Await;
import org.pagereel.recorder.process.BrowserProcesses;
import org.pagereel.recorder.process.Child;
import org.pagereel.recorder.process.ClosingTree;
import org.pagereel.recorder.process.Home;
import org.pagereel.recorder.process.Label;
import org.pagereel.recorder.process.Leftovers;
import org.pagereel.recorder.process.PulseAudio;
import org.pagereel.recorder.process.Renderers;
import org.pagereel.recorder.process.RunningFirst;
import org.pagereel.recorder.process.Scratch;
import org.pagereel.recorder.process.SoundFirst;
import org.pagereel.recorder.process.StoppedProcesses;
import org.pagereel.recorder.process.XAuthority;
import org.pagereel.recorder.process.Xvfb;
import org.pagereel.recorder.screen.PageWindow;

/**
 * Screen, sound and browser of one recording: set up as much at once as possible, taken down in
 * reverse. It may be set before it is known what will be recorded. Opened, used and closed by the
 * main thread, which lives as long as the process: children die with the thread that started them.
 */
final class Stage implements AutoCloseable {
  private static final Duration FIRST_PROGRAM = Duration.ofSeconds(3);
  private static final Duration WINDOW_DEADLINE = Duration.ofSeconds(10);
  private static final long LOOK_NANOS = Duration.ofSeconds(1).toNanos();
  private static final long FIND_NANOS = Duration.ofSeconds(10).toNanos();

  private final StageNews news = new StageNews();
  private final ClosingTree open = new ClosingTree(text -> news.warning("closing", text));
  private final Account account = Account.ofThisProcess();
  private final Scratch scratch = Scratch.of(Label.own()).create();
  private final Map<String, String> environment = Map.of(Label.VARIABLE, Label.own());
  private Xvfb xvfb;
  private PulseAudio pulse;
  private Browser browser;
  private Optional<ProcessHandle> browserMain = Optional.empty();
  private final Renderers renderers = new Renderers(this::browserProcesses);
  private List<ProcessHandle> known = List.of();
  private List<ProcessHandle> last = List.of();
  private long foundAt;
  private long lookedAt;
  private long going;
  private String display = "";
  private String soundServer = "";
  private PageSize size = PageSize.FULL_HD;
  private int fps;
  private @Nullable String proxy;

  private Stage() {
    open.register("temporary folder", Duration.ofSeconds(10), scratch::delete, () -> {});
    open.register(
        "browser's last",
        Duration.ofSeconds(5),
        () -> Leftovers.endBrowser(scratch, last),
        () -> {});
  }

  /**
   * Everything up to an empty page on the screen.
   *
   * @param proxy host:port for all of the page's traffic; null for none
   */
  static Stage set(PageSize size, int fps, @Nullable String proxy) {
    Stage stage = new Stage();
    try {
      stage.proxy = proxy;
      stage.open(size, fps, proxy);
      return stage;
    } catch (Throwable e) {
      stage.close(); // also after an Error: no child may stay behind
      throw e;
    }
  }

  /** Tells the recording what happens to the page from now on. */
  void tell(PageListener listener) {
    news.tell(listener);
  }

  /** A capture that waits for its first order, on a screen of the request's size and rate. */
  Capture capture(
      RecordingRequest request,
      Duration mediaStart,
      List<PacketSink> sinks,
      Consumer<RecordingFailure> failed) {
    if (!request.page().size().equals(size) || request.picture().fps() != fps) {
      fit(request.page().size(), request.picture().fps());
    }
    return new Capture(
        new CaptureSettings(display, pulse.pipe(), request, mediaStart), sinks, failed);
  }

  /** The proxy of all of the page's traffic, host:port; null for none. */
  @Nullable String proxy() {
    return proxy;
  }

  Browser browser() {
    return browser;
  }

  /** Ends the browser and its driver at once; whoever waits for them gets an error. */
  void killBrowser() {
    Stream.concat(BrowserProcesses.of(scratch), BrowserProcesses.driver())
        .toList()
        .forEach(ProcessHandle::destroyForcibly);
  }

  /** Ends all of its processes at once; whoever waits for one of them gets an error. */
  void kill() {
    killBrowser();
    xvfb.child().kill();
    pulse.child().kill();
  }

  /**
   * Its processes must not stand still. Of most others than these it is known what hangs without
   * them; not of those that bring sound and data to the page.
   */
  Probe probe() {
    return Probe.vital(
        "A process of the browser", "has stood still", FailureCategory.INTERNAL, this::goingLooks);
  }

  /** Whether the browser has no renderer any more, and did not say so. */
  boolean hasLostItsRenderers() {
    return renderers.areGone();
  }

  /** To look for new processes takes longer than to look at those that are known. */
  private long goingLooks() {
    long now = System.nanoTime();
    if (known.isEmpty() || now - foundAt >= FIND_NANOS) {
      foundAt = now;
      known = processes().toList();
    }
    if (now - lookedAt >= LOOK_NANOS) {
      lookedAt = now;
      going += StoppedProcesses.among(known.stream()).isEmpty() ? 1 : 0;
    }
    return going;
  }

  /** From now on they go before those of recordings that are being set up. */
  void goFirst() {
    RunningFirst.let(Stream.concat(Stream.of(ProcessHandle.current()), processes()));
  }

  private Stream<ProcessHandle> processes() {
    return Stream.of(
            browserProcesses(),
            BrowserProcesses.driver(),
            Stream.of(xvfb.child().process(), pulse.child().process()).map(Process::toHandle))
        .flatMap(all -> all);
  }

  /** The processes that somebody has stopped, to explain a hang; empty if there is none. */
  String stopped() {
    return StoppedProcesses.among(processes());
  }

  /** The browser's processes. */
  Stream<ProcessHandle> browserProcesses() {
    return browserMain.stream().flatMap(BrowserProcesses::of);
  }

  /** The folder in which the browser writes all of its data. */
  Path scratch() {
    return scratch.folder();
  }

  @Override
  public void close() {
    last = browserProcesses().toList();
    open.close();
  }

  private void open(PageSize wanted, int rate, @Nullable String proxy) {
    WarmUp.begin();
    Path authority = XAuthority.write(scratch.file("Xauthority"), account);
    Map<String, String> x = with("XAUTHORITY", authority.toString());
    xvfb = Xvfb.start(wanted, authority, account, scratch, x);
    open.register("display", Duration.ofSeconds(1), xvfb::removeSocket, () -> {});
    closing("Xvfb", xvfb.child());
    pulse = PulseAudio.start(account, scratch, environment);
    open.register("sound", Duration.ofSeconds(1), pulse.pipe()::close, () -> {});
    closing("PulseAudio", pulse.child());

    Map<String, String> nodeEnvironment =
        with("TMPDIR", scratch.privateFolder("node", Account.ofThisProcess()).toString());
    browser = Browser.prepare(Home.playwrightDriver(), nodeEnvironment, news);
    open.register("browser", Duration.ofSeconds(5), browser::close, this::killBrowser);

    display = xvfb.awaitDisplay();
    xvfb.setMode(display, wanted, rate);
    soundServer = pulse.awaitServer();
    NoPrograms programs = NoPrograms.make(scratch, account);
    browser.launch(browserSettings(authority, wanted, proxy, programs));
    if (!programs.awaitFirst(FIRST_PROGRAM)) {
      news.warning(
          "program", "a question of the browser's may be shown when the page wants a program");
    }
    browserMain = BrowserProcesses.main(scratch);
    SoundFirst sound =
        SoundFirst.watch(
            this::browserProcesses,
            pulse.child().process().toHandle(),
            text -> news.warning("sound", text));
    open.register("order of threads", Duration.ofSeconds(1), sound::close, () -> {});
    fitWindow(wanted);
    renderers.find();
    size = wanted;
    fps = rate;
  }

  private void fit(PageSize wanted, int rate) {
    xvfb.setMode(display, wanted, rate);
    fitWindow(wanted);
    size = wanted;
    fps = rate;
  }

  private void fitWindow(PageSize wanted) {
    if (!Await.until(WINDOW_DEADLINE, () -> PageWindow.fit(display, wanted))) {
      throw new RecordingFailure(
          FailureCategory.INTERNAL, "The browser opened no window on the screen");
    }
  }

  private void closing(String name, Child child) {
    open.register(
        name, Duration.ofSeconds(5), () -> child.stop(Duration.ofSeconds(3)), child::kill);
  }

  private BrowserSettings browserSettings(
      Path authority, PageSize wanted, @Nullable String proxy, NoPrograms programs) {
    PageNetwork network = PageNetwork.ofThisProcess();
    Map<String, String> all = new HashMap<>(environment);
    Path profile = BrowserProfile.make(scratch, account);
    Path temporary = scratch.privateFolder("browser", account);
    all.put("XAUTHORITY", authority.toString());
    all.put("DISPLAY", display);
    all.put("PULSE_SERVER", soundServer);
    all.put("PULSE_LATENCY_MSEC", String.valueOf(SoundPath.STREAM.toMillis()));
    all.put("HOME", temporary.toString());
    all.put("TMPDIR", temporary.toString());
    all.put("XDG_RUNTIME_DIR", temporary.toString());
    all.put("PATH", programs.folder() + ":" + System.getenv("PATH"));
    all.put("LANG", "C.UTF-8");
    // A copy, because the browser's account need not be able to read this installation.
    all.put("FONTCONFIG_FILE", scratch.copy(Home.fonts()).toString());
    all.put("DBUS_SESSION_BUS_ADDRESS", "disabled:");
    all.put(Scratch.VARIABLE, scratch.folder().toString());
    all.put("PAGEREEL_BROWSER", Home.browser().toString());
    all.put("PAGEREEL_PREFIX", String.join(" ", account.prefix("KILL", network.group())));
    return new BrowserSettings(
        Home.browserWrapper(), profile, all, wanted, proxy, network, programs);
  }

  private Map<String, String> with(String name, String value) {
    Map<String, String> more = new HashMap<>(environment);
    more.put(name, value);
    return more;
  }
}
