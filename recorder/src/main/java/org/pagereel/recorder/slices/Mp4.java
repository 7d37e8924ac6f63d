package org.pagereel.recorder.slices;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.pagereel.recorder.Durations;
import org.pagereel.recorder.av.GrowingFile;
import org.pagereel.recorder.av.MediaInput;
import org.pagereel.recorder.av.Packet;

/** MP4 files (moov first) out of slices, without encoding again. */
public final class Mp4 {
  private Mp4() {}

  /**
   * The slices of each MP4: a new one before the longer or larger limit would be passed.
   *
   * @param cuts a new one begins here, too
   */
  public static List<List<Slice>> split(
      List<Slice> slices, Duration longest, long largest, Set<Duration> cuts) {
    List<List<Slice>> parts = new ArrayList<>();
    Duration length = Duration.ZERO;
    long bytes = 0;
    for (Slice slice : slices) {
      length = length.plus(slice.duration());
      bytes += slice.bytes();
      boolean full = length.compareTo(longest) > 0 || bytes > largest;
      if (parts.isEmpty() || full || cuts.contains(slice.start())) {
        parts.add(new ArrayList<>());
        length = slice.duration();
        bytes = slice.bytes();
      }
      parts.getLast().add(slice);
    }
    return parts;
  }

  /** {@code page.mp4}, {@code page-2.mp4}, … */
  public static String name(int part) {
    return part == 0 ? "page.mp4" : "page-" + (part + 1) + ".mp4";
  }

  /** Makes one file out of consecutive slices; it appears under its name when it is complete. */
  public static void make(Path folder, List<Slice> slices, Path target) {
    Path first = folder.resolve(model(folder, slices).file());
    long startMicros = Durations.micros(slices.getFirst().start());
    try (MediaInput model = new MediaInput(first);
        Remux mp4 = new Remux(GrowingFile.mp4(target), model)) {
      for (Slice slice : slices) {
        try (MediaInput input = new MediaInput(folder.resolve(slice.file()))) {
          append(input, mp4, slice, startMicros);
        }
      }
      mp4.finish();
    }
  }

  /** The first slice that has sound; a span of a few milliseconds may have none. */
  private static Slice model(Path folder, List<Slice> slices) {
    for (Slice slice : slices) {
      try (MediaInput input = new MediaInput(folder.resolve(slice.file()))) {
        if (input.sound() != null) {
          return slice;
        }
      }
    }
    return slices.getFirst();
  }

  private static void append(MediaInput input, Remux mp4, Slice slice, long startMicros) {
    long moved = Durations.micros(slice.moved());
    long stamped = Durations.micros(slice.start()) - moved;
    for (Packet packet = input.next(); packet != null; packet = input.next()) {
      TsTime.unwrap(packet, stamped);
      mp4.write(input, packet, moved - SliceWriter.BASE_MICROS - startMicros);
    }
  }
}
