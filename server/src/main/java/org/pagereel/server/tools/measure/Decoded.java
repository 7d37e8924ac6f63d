package org.pagereel.server.tools.measure;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.DoubleStream;
import org.pagereel.recorder.av.FfmpegTool;

/** A media file as plain numbers, decoded by the ffmpeg executable. */
public final class Decoded {
  public static final int SOUND_RATE = 48_000;

  private Decoded() {}

  /** The presentation time of every picture, in seconds, in order. */
  public static double[] pictureTimes(Path file) {
    return frameTimes(file, List.of("-select_streams", "v")).toArray();
  }

  /**
   * Part of every picture as grey bytes, scaled by averaging.
   *
   * @param crop {@code width:height:x:y} in pixels
   * @return one array of {@code columns x rows} bytes a picture
   */
  public static List<byte[]> grey(Path file, String crop, int columns, int rows) {
    String filter = "crop=%s,scale=%d:%d:flags=area,format=gray".formatted(crop, columns, rows);
    byte[] all = raw(file, "-vf", filter);
    return pictures(all, columns * rows);
  }

  /** The bytes of every picture, filtered. */
  private static byte[] raw(Path file, String option, String filter) {
    return run(
        FfmpegTool.ffmpeg(
            List.of(
                // Pictures of uneven rate make it complain of each.
                "-v",
                "fatal",
                "-i",
                file.toString(),
                option,
                filter,
                "-fps_mode",
                "passthrough",
                "-f",
                "rawvideo",
                "-")));
  }

  private static List<byte[]> pictures(byte[] all, int bytes) {
    List<byte[]> pictures = new ArrayList<>(all.length / bytes);
    for (int at = 0; at + bytes <= all.length; at += bytes) {
      pictures.add(Arrays.copyOfRange(all, at, at + bytes));
    }
    return pictures;
  }

  /**
   * How bright several parts of every picture are on average, in one run.
   *
   * @param crops {@code width:height:x:y} of each in pixels
   * @return one array of as many bytes a picture
   */
  public static List<byte[]> spots(Path file, List<String> crops) {
    StringBuilder filter = new StringBuilder("format=gray,split=" + crops.size());
    StringBuilder parts = new StringBuilder();
    for (int i = 0; i < crops.size(); i++) {
      filter.append("[i%d]".formatted(i));
      parts.append(";[i%d]crop=%s,scale=1:1:flags=area[o%d]".formatted(i, crops.get(i), i));
    }
    parts.append(';');
    for (int i = 0; i < crops.size(); i++) {
      parts.append("[o%d]".formatted(i));
    }
    filter.append(parts).append("hstack=inputs=" + crops.size());
    byte[] all = raw(file, "-filter_complex", filter.toString());
    return pictures(all, crops.size());
  }

  /**
   * When the first sample of {@link #sound} is to be heard, in seconds: sound may begin behind the
   * picture.
   */
  public static double soundStart(Path file) {
    return frameTimes(
            file, List.of("-v", "fatal", "-select_streams", "a", "-read_intervals", "%+#1"))
        .findFirst()
        .orElse(0);
  }

  private static DoubleStream frameTimes(Path file, List<String> which) {
    List<String> words = new ArrayList<>(which);
    words.addAll(List.of("-show_entries", "frame=pts_time", "-of", "csv=p=0", file.toString()));
    return new String(run(FfmpegTool.ffprobe(words)), StandardCharsets.US_ASCII)
        .lines()
        .map(line -> line.replace(",", "").strip())
        .filter(line -> !line.isEmpty())
        .mapToDouble(Double::parseDouble);
  }

  /** The sound, mixed to one channel. */
  public static short[] sound(Path file) {
    return sound(file, List.of("-ac", "1"));
  }

  /**
   * One channel of the sound.
   *
   * @param number 0 is the left one
   */
  public static short[] channel(Path file, int number) {
    return sound(file, List.of("-af", "pan=mono|c0=c" + number));
  }

  private static short[] sound(Path file, List<String> mixing) {
    // FFmpeg's parser of Opus complains of the end of every file.
    List<String> words = new ArrayList<>(List.of("-v", "fatal", "-i", file.toString(), "-vn"));
    words.addAll(mixing);
    words.addAll(List.of("-ar", String.valueOf(SOUND_RATE), "-f", "s16le", "-"));
    byte[] all = run(FfmpegTool.ffmpeg(words));
    short[] samples = new short[all.length / 2];
    ByteBuffer.wrap(all).order(ByteOrder.LITTLE_ENDIAN).asShortBuffer().get(samples);
    return samples;
  }

  /** The complaints of ffmpeg when it decodes the whole file; empty for a sound file. */
  public static String complaints(Path file) {
    ProcessBuilder builder =
        FfmpegTool.ffmpeg(
            List.of(
                "-i",
                file.toString(),
                // A rate that ffmpeg guesses from uneven pictures must not matter.
                "-fps_mode",
                "passthrough",
                "-enc_time_base",
                "demux",
                "-f",
                "null",
                "-"));
    builder.redirectErrorStream(true);
    return new String(run(builder), StandardCharsets.UTF_8);
  }

  /** Runs a command and returns what it printed. */
  static byte[] run(ProcessBuilder builder) {
    if (!builder.redirectErrorStream()) {
      builder.redirectError(ProcessBuilder.Redirect.INHERIT);
    }
    try {
      Process process = builder.start();
      process.getOutputStream().close();
      ByteArrayOutputStream bytes = new ByteArrayOutputStream();
      try (InputStream out = process.getInputStream()) {
        out.transferTo(bytes);
      }
      process.waitFor();
      return bytes.toByteArray();
    } catch (IOException e) {
      throw new UncheckedIOException("Cannot run " + builder.command(), e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted while decoding", e);
    }
  }
}
