package org.pagereel.recorder.replay;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.pagereel.recorder.PageNetwork;
import org.pagereel.recorder.browser.BrowserProfile;
import org.pagereel.recorder.browser.HeadlessPage;
import org.pagereel.recorder.browser.HeadlessSettings;
import org.pagereel.recorder.process.Account;
import org.pagereel.recorder.process.BrowserProcesses;
import org.pagereel.recorder.process.ClosingTree;
import org.pagereel.recorder.process.Home;
import org.pagereel.recorder.process.Label;
import org.pagereel.recorder.process.Leftovers;
import org.pagereel.recorder.process.Scratch;

/** A browser of one's own for one replay; several may be there at once. */
final class BoardStage implements AutoCloseable {
  /** The process's own folder, which whoever cleans up after it knows. Its lock: who makes it. */
  private static final Scratch PROCESS = Scratch.of(Label.own());

  private final ClosingTree open = new ClosingTree(text -> {});
  private final Account account = Account.ofThisProcess();
  private final Scratch scratch;
  private HeadlessPage page;
  private List<ProcessHandle> last = List.of();

  private BoardStage() {
    // Chromium makes a socket in here, whose path may have 107 characters.
    scratch = PROCESS.inside("b" + UUID.randomUUID().toString().substring(0, 5));
    synchronized (PROCESS) {
      if (!Files.exists(PROCESS.folder())) {
        PROCESS.create();
      }
      scratch.create();
    }
    open.register(
        "temporary folder",
        Duration.ofSeconds(10),
        () -> {
          Leftovers.endBrowser(scratch, last);
          scratch.delete();
          deleteIfEmpty();
        },
        () -> {});
  }

  /**
   * Starts the browser.
   *
   * @param port of our own server
   * @param origin of a page that is not ours; null for ours
   */
  static BoardStage set(
      int width, int height, @Nullable String proxy, int port, @Nullable String origin) {
    BoardStage stage = new BoardStage();
    try {
      stage.launch(width, height, proxy, port, origin);
      return stage;
    } catch (Throwable e) {
      stage.close();
      throw e;
    }
  }

  private void launch(
      int width, int height, @Nullable String proxy, int port, @Nullable String origin) {
    Map<String, String> labelled = Map.of(Label.VARIABLE, Label.own());
    Map<String, String> node = new HashMap<>(labelled);
    // Not in our own folder: of all drivers that a process starts, the first one's counts.
    node.put("TMPDIR", PROCESS.folder().toString());
    PageNetwork network = PageNetwork.ofThisProcess();
    Map<String, String> browser = new HashMap<>(labelled);
    Path profile = BrowserProfile.make(scratch, account);
    Path temporary = scratch.privateFolder("t", account);
    for (String name : new String[] {"HOME", "TMPDIR", "XDG_RUNTIME_DIR"}) {
      browser.put(name, temporary.toString());
    }
    browser.put("PATH", System.getenv("PATH"));
    browser.put("LANG", "C.UTF-8");
    browser.put("FONTCONFIG_FILE", scratch.copy(Home.fonts()).toString());
    browser.put("DBUS_SESSION_BUS_ADDRESS", "disabled:");
    browser.put(Scratch.VARIABLE, scratch.folder().toString());
    browser.put("PAGEREEL_BROWSER", Home.browser().toString());
    browser.put("PAGEREEL_PREFIX", String.join(" ", account.prefix("KILL", network.group())));
    page =
        HeadlessPage.open(
            Home.playwrightDriver(),
            node,
            new HeadlessSettings(
                Home.browserWrapper(),
                profile,
                browser,
                width,
                height,
                proxy,
                network,
                port,
                origin));
    open.register("browser", Duration.ofSeconds(5), page::close, this::kill);
  }

  HeadlessPage page() {
    return page;
  }

  /** Ends the browser at once; whoever waits for it gets an error. Any thread. */
  void kill() {
    BrowserProcesses.main(scratch).ifPresent(ProcessHandle::destroyForcibly);
  }

  @Override
  public void close() {
    last = BrowserProcesses.of(scratch).toList();
    open.close();
  }

  private static void deleteIfEmpty() throws IOException {
    synchronized (PROCESS) {
      PROCESS.deleteIfEmpty();
    }
  }
}
