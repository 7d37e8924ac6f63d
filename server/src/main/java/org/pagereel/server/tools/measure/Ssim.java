package org.pagereel.server.tools.measure;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.pagereel.recorder.av.FfmpegTool;

/** Structural similarity of two files, by ffmpeg's filter, both brought to a constant rate. */
public final class Ssim {
  private static final Pattern ALL = Pattern.compile("All:([0-9.]+)");

  private Ssim() {}

  /** From 0 to 1 over all planes; 1 is equality. NaN when it cannot be told. */
  public static double of(Path file, Path lossless, int fps) {
    String filter =
        "[0:v]fps=%1$d,settb=1/%1$d[a];[1:v]fps=%1$d,settb=1/%1$d[b];[a][b]ssim=shortest=1"
            .formatted(fps);
    ProcessBuilder builder =
        FfmpegTool.ffmpeg(
            List.of(
                "-v",
                "info",
                "-nostats",
                "-i",
                file.toString(),
                "-i",
                lossless.toString(),
                "-lavfi",
                filter,
                "-f",
                "null",
                "-"));
    builder.redirectErrorStream(true);
    Matcher result = ALL.matcher(new String(Decoded.run(builder), StandardCharsets.UTF_8));
    return result.find() ? Double.parseDouble(result.group(1)) : Double.NaN;
  }
}
