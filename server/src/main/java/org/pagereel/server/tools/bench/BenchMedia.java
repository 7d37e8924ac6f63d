package org.pagereel.server.tools.bench;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.pagereel.recorder.av.FfmpegTool;

/** The videos that the benchmark's pages play (VP8 and Opus), made by the ffmpeg that ships. */
public final class BenchMedia {
  /** Extra length of media, for a page that loads slowly. */
  private static final Duration SPARE = Duration.ofSeconds(90);

  private BenchMedia() {}

  /** A picture that moves and 800 Hz in the right channel, without an end or a change. */
  public static Path tone(Path folder, Duration length) throws IOException {
    return make(
        folder.resolve("tone.webm"),
        "testsrc2=size=640x360:rate=15",
        "aevalsrc=exprs=0|0.25*sin(2*PI*800*t):s=48000",
        length);
  }

  /** Each second a white picture and 1500 Hz, both for 100 ms. */
  public static Path sync(Path folder, Duration length) throws IOException {
    return make(
        folder.resolve("sync.webm"),
        "color=c=black:size=160x160:rate=30,drawbox=c=white:t=fill:enable='lt(mod(n,30),3)'",
        "aevalsrc=exprs=0.25*sin(2*PI*1500*t)*lt(mod(t\\,1)\\,0.1):s=48000",
        length);
  }

  private static Path make(Path file, String picture, String sound, Duration length)
      throws IOException {
    List<String> words = new ArrayList<>();
    words.addAll(List.of("-y", "-f", "lavfi", "-i", picture, "-f", "lavfi", "-i", sound));
    words.addAll(List.of("-t", String.valueOf(length.plus(SPARE).toSeconds())));
    words.addAll(List.of("-c:v", "libvpx", "-deadline", "realtime", "-cpu-used", "8"));
    words.addAll(List.of("-b:v", "600k", "-g", "150"));
    words.addAll(List.of("-c:a", "libopus", "-b:a", "128k", "-ac", "2", file.toString()));
    Process ffmpeg =
        FfmpegTool.ffmpeg(words).redirectError(ProcessBuilder.Redirect.INHERIT).start();
    ffmpeg.getOutputStream().close();
    try {
      if (ffmpeg.waitFor() != 0) {
        throw new IOException("ffmpeg could not make " + file);
      }
    } catch (InterruptedException e) {
      ffmpeg.destroyForcibly();
      Thread.currentThread().interrupt();
      throw new IOException("interrupted while making " + file, e);
    }
    return file;
  }
}
