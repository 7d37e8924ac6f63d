package org.pagereel.recorder.mix;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import org.pagereel.recorder.av.FfmpegTool;

/** Makes media files with the ffmpeg executable, and takes them apart with it. */
public record Inputs(Path folder) {
  /** Runs ffmpeg with these words; the last one is the file that it makes. */
  public Path make(String words) throws Exception {
    List<String> list = List.of(words.split(" +"));
    Process process = FfmpegTool.ffmpeg(list).directory(folder.toFile()).inheritIO().start();
    assertThat(process.waitFor()).as(words).isZero();
    return folder.resolve(list.getLast());
  }

  /** What ffmpeg writes to its standard output. */
  public byte[] read(String words) throws Exception {
    List<String> list = List.of(words.split(" +"));
    return output(FfmpegTool.ffmpeg(list));
  }

  /** What ffprobe says. */
  public String probe(String words) throws Exception {
    return new String(
            output(FfmpegTool.ffprobe(List.of(words.split(" +")))), StandardCharsets.UTF_8)
        .strip();
  }

  private byte[] output(ProcessBuilder builder) throws Exception {
    builder.redirectError(ProcessBuilder.Redirect.INHERIT);
    Process process = builder.directory(folder.toFile()).start();
    try (InputStream in = process.getInputStream()) {
      byte[] all = in.readAllBytes();
      assertThat(process.waitFor()).isZero();
      return all;
    }
  }
}
