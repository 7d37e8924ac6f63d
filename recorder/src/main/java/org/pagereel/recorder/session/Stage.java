package org.pagereel.recorder.session;

import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.pagereel.recorder.FailureCategory;
import org.pagereel.recorder.RecordingFailure;
import org.pagereel.recorder.RecordingRequest;
import org.pagereel.recorder.browser.Browser;
import org.pagereel.recorder.browser.BrowserProfile;
import org.pagereel.recorder.browser.BrowserSettings;
import org.pagereel.recorder.browser.PageListener;
import org.pagereel.recorder.child.Account;
import org.pagereel.recorder.child.Await;
import org.pagereel.recorder.child.BrowserProcesses;
import org.pagereel.recorder.child.Child;
import org.pagereel.recorder.child.ClosingTree;
import org.pagereel.recorder.child.Label;
import org.pagereel.recorder.child.PulseAudio;
import org.pagereel.recorder.child.Scratch;
import org.pagereel.recorder.child.XAuthority;
import org.pagereel.recorder.child.Xvfb;
import org.pagereel.recorder.media.Capture;
import org.pagereel.recorder.media.CaptureListener;
import org.pagereel.recorder.media.CaptureSettings;
import org.pagereel.recorder.media.PageWindow;
import org.pagereel.recorder.media.WarmUp;

/**
 * Screen, sound, browser and capture of one recording: set up as much at once as possible, taken
 * down in reverse. Opened, used and closed by the main thread, which lives as long as the process:
 * children die with the thread that started them.
 */
final class Stage implements AutoCloseable {
  private static final Duration WINDOW_DEADLINE = Duration.ofSeconds(10);

  private final RecordingRequest request;
  private final ClosingTree open;
  private final Account account = Account.ofThisProcess();
  private final Scratch scratch;
  private final Map<String, String> environment;
  private Browser browser;
  private Capture capture;

  private Stage(RecordingRequest request, Consumer<String> complaints) {
    this.request = request;
    this.open = new ClosingTree(complaints);
    this.scratch = Scratch.of(request.id()).create();
    open.register("temporary folder", Duration.ofSeconds(10), scratch::delete, () -> {});
    this.environment = Map.of(Label.VARIABLE, request.id());
  }

  /** Everything up to an empty page on the screen and a capture that waits. */
  static Stage set(
      RecordingRequest request,
      PageListener page,
      CaptureListener captured,
      Consumer<String> complaints) {
    Stage stage = new Stage(request, complaints);
    try {
      stage.open(page, captured);
      return stage;
    } catch (Throwable e) {
      stage.close(); // also after an Error: no child may stay behind
      throw e;
    }
  }

  Browser browser() {
    return browser;
  }

  Capture capture() {
    return capture;
  }

  /** Ends the browser at once; whoever waits for it gets an error. */
  void killBrowser() {
    BrowserProcesses.main(scratch).ifPresent(ProcessHandle::destroyForcibly);
  }

  /** The browser's processes. */
  Stream<ProcessHandle> browserProcesses() {
    return BrowserProcesses.all(scratch);
  }

  @Override
  public void close() {
    open.close();
  }

  private void open(PageListener page, CaptureListener captured) {
    WarmUp.begin();
    Path authority = XAuthority.write(scratch.file("Xauthority"), account);
    Map<String, String> x = with("XAUTHORITY", authority.toString());
    Xvfb xvfb = Xvfb.start(request.size(), authority, account, scratch, x);
    closing("Xvfb", xvfb.child());
    PulseAudio pulse = PulseAudio.start(account, scratch, environment);
    closing("PulseAudio", pulse.child());

    Map<String, String> nodeEnvironment =
        with("TMPDIR", scratch.privateFolder("node", Account.ofThisProcess()).toString());
    browser = Browser.prepare(Home.playwrightDriver(), nodeEnvironment, page);
    open.register("browser", Duration.ofSeconds(5), browser::close, this::killBrowser);

    String display = xvfb.awaitDisplay();
    xvfb.setRefreshRate(display, request.size(), request.fps());
    String server = pulse.awaitServer();
    browser.launch(browserSettings(authority, display, server));
    if (!Await.until(WINDOW_DEADLINE, () -> PageWindow.fit(display, request.size()))) {
      throw new RecordingFailure(
          FailureCategory.INTERNAL, "The browser opened no window on the screen");
    }
    capture = new Capture(captureSettings(display, server, pulse.monitor()), captured);
    open.register("capture", Duration.ofSeconds(60), capture::close, () -> {});
  }

  private void closing(String name, Child child) {
    open.register(
        name, Duration.ofSeconds(5), () -> child.stop(Duration.ofSeconds(3)), child::kill);
  }

  private BrowserSettings browserSettings(Path authority, String display, String soundServer) {
    Map<String, String> all = new HashMap<>(environment);
    Path profile = BrowserProfile.make(scratch, account);
    Path temporary = scratch.privateFolder("browser", account);
    all.put("XAUTHORITY", authority.toString());
    all.put("DISPLAY", display);
    all.put("PULSE_SERVER", soundServer);
    all.put("HOME", temporary.toString());
    all.put("TMPDIR", temporary.toString());
    all.put("XDG_RUNTIME_DIR", temporary.toString());
    all.put("PATH", System.getenv("PATH"));
    all.put("LANG", "C.UTF-8");
    // A copy, because the browser's account need not be able to read this installation.
    all.put("FONTCONFIG_FILE", scratch.copy(Home.fonts()).toString());
    all.put("DBUS_SESSION_BUS_ADDRESS", "disabled:");
    all.put("PAGEREEL_SCRATCH", scratch.folder().toString());
    all.put("PAGEREEL_BROWSER", Home.browser().toString());
    all.put("PAGEREEL_PREFIX", String.join(" ", account.prefix("KILL")));
    return new BrowserSettings(Home.browserWrapper(), profile, all, request.size());
  }

  private CaptureSettings captureSettings(String display, String server, String monitor) {
    return new CaptureSettings(
        display,
        server,
        monitor,
        request.size(),
        request.fps(),
        request.bitrateKbps(),
        request.sliceDuration(),
        request.folder(),
        request.attempt(),
        request.losslessCopy());
  }

  private Map<String, String> with(String name, String value) {
    Map<String, String> more = new HashMap<>(environment);
    more.put(name, value);
    return more;
  }
}
