package org.pagereel.server.service;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.pagereel.server.TestPages;
import org.pagereel.server.tools.measure.FlashBeep;

/**
 * A page that shows every second of the machine's clock, whenever it was opened: its patch is white
 * in the first half of each, and it beeps when that begins.
 */
final class SecondsPage {
  private static final String PAGE =
      """
      <body style="margin:0;background:#555">
      <div style="position:absolute;left:0;top:0;width:200px;height:200px;background:#000"></div>
      <script type="module">
      import { startSync } from "./sync.js";
      const patch = document.querySelector("div");
      (function paint() {
        patch.style.background = Date.now() % 1000 < 500 ? "#fff" : "#000";
        requestAnimationFrame(paint);
      })();
      const origin = Math.ceil(performance.timeOrigin / 1000) * 1000 - performance.timeOrigin;
      startSync({ origin, onFlash() {} });
      </script>
      """;

  private SecondsPage() {}

  /** Its address. */
  static String on(TestPages pages) {
    return pages.html("seconds.html", PAGE);
  }

  /** When it turned white, and beeped, in a file. */
  static FlashBeep seen(Path video) {
    return FlashBeep.of(video, "160:160:20:20");
  }

  /**
   * A page that was opened just now may be late with its first flash, by less than half a second.
   */
  static boolean isNext(double distance) {
    return distance > 0.55 && distance < 1.45;
  }

  /** A flash that the cut is in the middle of is one. */
  static List<Double> distances(List<Double> moments) {
    List<Double> distances = new ArrayList<>();
    for (int i = 1; i < moments.size(); i++) {
      double distance = moments.get(i) - moments.get(i - 1);
      if (distance > 0.3) {
        distances.add(distance);
      }
    }
    return distances;
  }
}
