package org.pagereel.server.tools.bench;

import java.util.ArrayList;
import java.util.List;
import org.pagereel.recorder.PageSize;

/**
 * The flags that LiveKit Egress gives to Chromium (its {@code pkg/pipeline/source/web.go}). Its
 * switch for the sandbox stands at "on" here.
 */
final class PeerFlags {
  private static final List<String> PLAIN =
      List.of(
          "no-first-run",
          "no-default-browser-check",
          "disable-gpu",
          "disable-infobars",
          "disable-background-networking",
          "enable-features=NetworkService,NetworkServiceInProcess",
          "disable-background-timer-throttling",
          "disable-backgrounding-occluded-windows",
          "disable-breakpad",
          "disable-client-side-phishing-detection",
          "disable-default-apps",
          "disable-dev-shm-usage",
          "disable-extensions",
          "disable-features=AudioServiceOutOfProcess,site-per-process,Translate,TranslateUI,"
              + "BlinkGenPropertyTrees",
          "disable-hang-monitor",
          "disable-ipc-flooding-protection",
          "disable-popup-blocking",
          "disable-prompt-on-repost",
          "disable-renderer-backgrounding",
          "disable-sync",
          "force-color-profile=srgb",
          "metrics-recording-only",
          "safebrowsing-disable-auto-update",
          "password-store=basic",
          "use-mock-keychain",
          "kiosk",
          "disable-translate",
          "autoplay-policy=no-user-gesture-required",
          "window-position=0,0");

  private PeerFlags() {}

  static List<String> of(PageSize size) {
    List<String> flags = new ArrayList<>(PLAIN.stream().map(flag -> "--" + flag).toList());
    flags.add("--window-size=" + size.width() + "," + size.height());
    return flags;
  }
}
