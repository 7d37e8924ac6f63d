package org.pagereel.server.tools.bench;

import java.io.IOException;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** Whether the peer's programs are here. Nothing of ours needs them, so nothing installs them. */
public final class PeerTools {
  public static final String ADVICE =
      "No GStreamer with all that the reference needs, so only our own recorder is measured."
          + " To have it: apt-get install gstreamer1.0-tools gstreamer1.0-plugins-base"
          + " gstreamer1.0-plugins-good gstreamer1.0-plugins-ugly gstreamer1.0-pulseaudio"
          + " gstreamer1.0-x";

  private static final List<String> ELEMENTS =
      List.of(
          "ximagesrc",
          "videoconvert",
          "videorate",
          "x264enc",
          "pulsesrc",
          "audioconvert",
          "audioresample",
          "audiorate",
          "opusenc",
          "matroskamux");

  private PeerTools() {}

  public static boolean areHere() {
    return succeeds("gst-launch-1.0", "--version")
        && ELEMENTS.stream().allMatch(element -> succeeds("gst-inspect-1.0", "--exists", element));
  }

  private static boolean succeeds(String... words) {
    try {
      Process process =
          new ProcessBuilder(words)
              .redirectErrorStream(true)
              .redirectOutput(ProcessBuilder.Redirect.DISCARD)
              .start();
      if (process.waitFor(60, TimeUnit.SECONDS)) {
        return process.exitValue() == 0;
      }
      process.destroyForcibly();
      return false;
    } catch (IOException e) {
      return false;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }
}
