package org.pagereel.recorder.streams;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.pagereel.recorder.Durations;
import org.pagereel.recorder.MixLayout.Fill;
import org.pagereel.recorder.mix.Cell;
import org.pagereel.recorder.mix.MadeFile;
import org.pagereel.recorder.mix.MixInput;
import org.pagereel.recorder.mix.MixPlan;
import org.pagereel.recorder.mix.MixResult;
import org.pagereel.recorder.mix.Mixer;

/** One stream's segments in one file; while it was away there is the filler picture, or black. */
final class Joined {
  private static final int FPS = 15;
  private static final int FULL_HD = 1920 * 1080;

  private Joined() {}

  static MadeFile make(
      Path folder, List<Segment> parts, String name, boolean filler, List<String> missing) {
    Path target = folder.resolve(name);
    int width = Math.max(2, parts.stream().mapToInt(Segment::width).max().orElse(2));
    int height = Math.max(2, parts.stream().mapToInt(Segment::height).max().orElse(2));
    long start = parts.getFirst().start();
    long end = parts.stream().mapToLong(Segment::end).max().orElseThrow();
    Cell whole = new Cell(0, 0, width, height, 1, 0, Fill.FIT);
    List<MixInput> inputs = new ArrayList<>();
    if (filler && Files.exists(folder.resolve(Filler.FILE))) {
      Cell below = new Cell(0, 0, width, height, 0, 0, Fill.FIT);
      inputs.add(
          new MixInput(
              folder.resolve(Filler.FILE),
              Duration.ZERO,
              Durations.ofMicros(end - start),
              Duration.ZERO,
              below,
              false));
    }
    for (Segment part : parts) {
      inputs.add(
          new MixInput(
              folder.resolve(part.file()),
              Durations.ofMicros(part.start() - start),
              Durations.ofMicros(part.end() - start),
              Duration.ZERO,
              part.width() == 0 ? null : whole,
              true));
    }
    int kbps = bitrate(width, height);
    MixPlan plan =
        new MixPlan(
            width, height, FPS, kbps, 0, Durations.ofMicros(end - start), true, inputs, target);
    MixResult made = Mixer.mix(plan, new StreamsProgress(done -> {}).mixing(1));
    missing.addAll(made.missing());
    return new MadeFile(made.duration(), width, height, made.bytes());
  }

  /** 2,000 kbit/s for Full HD, less for less, by the square root of the pixels. */
  static int bitrate(int width, int height) {
    return (int) Math.max(300, 2000 * Math.sqrt((double) width * height / FULL_HD));
  }
}
