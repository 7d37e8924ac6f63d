package org.pagereel.recorder.browser;

import java.util.ArrayList;
import java.util.List;
import org.pagereel.recorder.PageNetwork;
import org.pagereel.recorder.PageSize;
import org.pagereel.recorder.SoundPath;

/**
 * How Chromium is told to be a camera: nothing but the page, nothing that asks, no phoning home.
 */
final class BrowserFlags {
  /** Playwright's own flags that a recording does not want. */
  static final List<String> NOT_WANTED =
      List.of(
          "--enable-automation", // a bar across the page
          "--disable-popup-blocking"); // nobody clicks here, so every pop-up is refused

  private BrowserFlags() {}

  static List<String> of(BrowserSettings settings) {
    String proxy = settings.proxy();
    List<String> flags = new ArrayList<>(of(settings.size(), settings.programs().firstPage()));
    flags.addAll(of(settings.network()));
    if (proxy != null) {
      flags.add("--proxy-server=http://" + proxy);
      // Chromium would go to this machine's own services directly.
      flags.add("--proxy-bypass-list=<-loopback>");
    }
    return flags;
  }

  /** For a page that is driven from outside and talks to the recorder's own server. */
  static List<String> headless(HeadlessSettings settings) {
    List<String> flags =
        new ArrayList<>(
            List.of(
                "--disable-gpu",
                "--force-device-scale-factor=1",
                "--hide-scrollbars",
                "--deny-permission-prompts",
                "--disable-notifications",
                "--disable-background-networking",
                "--disable-component-update",
                "--disable-domain-reliability",
                "--disable-sync",
                "--no-pings",
                "--mute-audio",
                "--disable-quic",
                // Pages from elsewhere may talk to this one port of ours, and need not ask.
                "--ip-address-space-overrides=127.0.0.1:" + settings.own() + "=public",
                "--test-type"));
    flags.addAll(of(settings.network()));
    if (settings.proxy() != null) {
      flags.add("--proxy-server=http://" + settings.proxy());
      flags.add("--proxy-bypass-list=<-loopback>;127.0.0.1:" + settings.own());
    }
    if (settings.origin() != null) {
      flags.add("--unsafely-treat-insecure-origin-as-secure=" + settings.origin());
    }
    return flags;
  }

  private static List<String> of(PageNetwork network) {
    return network.ownKey() == null
        ? List.of()
        : List.of("--ignore-certificate-errors-spki-list=" + network.ownKey());
  }

  private static List<String> of(PageSize size, String firstPage) {
    return List.of(
        // Software compositing: 10 % of a core for a class page; SwiftShader's GL took 121 %.
        "--disable-gpu",
        // An app window has no bars and may be narrower than 500 pixels.
        "--kiosk",
        "--app=" + firstPage,
        "--window-position=0,0",
        "--window-size=" + size.width() + "," + size.height(),
        "--force-device-scale-factor=1",
        "--autoplay-policy=no-user-gesture-required",
        "--deny-permission-prompts",
        "--disable-notifications",
        "--disable-background-networking",
        "--disable-component-update",
        "--disable-domain-reliability",
        "--disable-sync",
        "--no-pings",
        "--disk-cache-size=" + (100 << 20), // counts as what the page has stored
        "--audio-buffer-size=" + SoundPath.BROWSER_BUFFER,
        "--disable-quic",
        "--test-type");
  }
}
