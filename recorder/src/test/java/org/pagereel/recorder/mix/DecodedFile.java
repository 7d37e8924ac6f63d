package org.pagereel.recorder.mix;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** What is seen and heard in a file, decoded by the ffmpeg executable. */
public final class DecodedFile {
  private static final int RATE = 48_000;

  private final Inputs inputs;
  private final Path file;

  public DecodedFile(Inputs inputs, Path file) {
    this.inputs = inputs;
    this.file = file;
  }

  /** A plane (y, u or v) of the picture at this time, row by row. */
  public int[][] plane(String name, double second) throws Exception {
    String size =
        inputs.probe("-select_streams v -show_entries stream=width,height -of csv=p=0 " + file);
    int comma = size.indexOf(',');
    int width = Integer.parseInt(size.substring(0, comma));
    int height = Integer.parseInt(size.substring(comma + 1).replace(",", "").strip());
    if (!name.equals("y")) {
      width /= 2;
      height /= 2;
    }
    byte[] bytes =
        inputs.read(
            "-i %s -vf fps=30:start_time=0,trim=start=%s,extractplanes=%s -frames:v 1 -f rawvideo -"
                .formatted(file, second, name));
    int[][] rows = new int[height][width];
    for (int y = 0; y < height; y++) {
      for (int x = 0; x < width; x++) {
        rows[y][x] = bytes[y * width + x] & 255;
      }
    }
    return rows;
  }

  /** When the brightness at a point of the picture begins to be above a value, in seconds. */
  public List<Double> flashes(int x, int y) throws Exception {
    byte[] bytes =
        inputs.read(
            "-i %s -vf crop=2:2:%d:%d,extractplanes=y,fps=100:start_time=0 -f rawvideo -"
                .formatted(file, x, y));
    List<Double> begins = new ArrayList<>();
    boolean on = false;
    for (int i = 0; i < bytes.length / 4; i++) {
      boolean now = (bytes[i * 4] & 255) > 128;
      if (now && !on) {
        begins.add(i / 100.0);
      }
      on = now;
    }
    return begins;
  }

  /** Samples of the left channel. */
  public float[] sound() throws Exception {
    byte[] bytes = inputs.read("-i %s -map 0:a -af pan=mono|c0=c0 -f f32le -".formatted(file));
    float[] samples = new float[bytes.length / Float.BYTES];
    ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).asFloatBuffer().get(samples);
    return samples;
  }

  /** When sound begins after at least 0.1 s of silence, in seconds. */
  public List<Double> beeps() throws Exception {
    List<Double> begins = new ArrayList<>();
    float[] samples = sound();
    int silent = RATE;
    for (int i = 0; i < samples.length; i++) {
      if (Math.abs(samples[i]) > 0.1) {
        if (silent > RATE / 10) {
          begins.add((double) i / RATE);
        }
        silent = 0;
      } else {
        silent++;
      }
    }
    return begins;
  }

  /** How loud a stretch is: 0 silence, 1 full scale. */
  double loudness(double from, double to) throws Exception {
    float[] samples = sound();
    double sum = 0;
    int begin = (int) (from * RATE);
    int end = (int) (to * RATE);
    for (int i = begin; i < end; i++) {
      sum += samples[i] * samples[i];
    }
    return Math.sqrt(sum / (end - begin));
  }

  double seconds() throws Exception {
    return Double.parseDouble(inputs.probe("-show_entries format=duration -of csv=p=0 " + file));
  }

  double seconds(String stream) throws Exception {
    return Double.parseDouble(
        inputs
            .probe(
                "-select_streams %s -show_entries stream=duration -of csv=p=0 %s"
                    .formatted(stream, file))
            .replace(",", ""));
  }
}
