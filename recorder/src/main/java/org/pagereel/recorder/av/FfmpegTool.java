package org.pagereel.recorder.av;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.bytedeco.ffmpeg.ffmpeg;
import org.bytedeco.ffmpeg.ffprobe;
import org.bytedeco.javacpp.Loader;

/**
 * The {@code ffmpeg} and {@code ffprobe} executables that ship with the libraries, for measuring
 * and for tests: another program than the one that recorded must like what it sees.
 */
public final class FfmpegTool {
  private FfmpegTool() {}

  /** A command line of ffmpeg that says nothing but errors. */
  public static ProcessBuilder ffmpeg(List<String> arguments) {
    return tool(Loader.load(ffmpeg.class), List.of("-hide_banner", "-v", "error"), arguments);
  }

  /** A command line of ffprobe that says nothing but what is asked. */
  public static ProcessBuilder ffprobe(List<String> arguments) {
    return tool(Loader.load(ffprobe.class), List.of("-v", "error"), arguments);
  }

  private static ProcessBuilder tool(String path, List<String> first, List<String> then) {
    List<String> words = new ArrayList<>();
    words.add(path);
    words.addAll(first);
    words.addAll(then);
    ProcessBuilder builder = new ProcessBuilder(words);
    // Its libraries lie beside it.
    builder.environment().put("LD_LIBRARY_PATH", String.valueOf(Path.of(path).getParent()));
    return builder;
  }
}
