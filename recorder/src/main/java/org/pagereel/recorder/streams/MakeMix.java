package org.pagereel.recorder.streams;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.pagereel.recorder.Durations;
import org.pagereel.recorder.FailureCategory;
import org.pagereel.recorder.MixLayout;
import org.pagereel.recorder.MixLayout.Place;
import org.pagereel.recorder.RecordingFailure;
import org.pagereel.recorder.StreamFiles.Kind;
import org.pagereel.recorder.StreamFiles.Omitted;
import org.pagereel.recorder.StreamFiles.StreamFile;
import org.pagereel.recorder.StreamNames;
import org.pagereel.recorder.mix.Cell;
import org.pagereel.recorder.mix.MixInput;
import org.pagereel.recorder.mix.MixPlan;
import org.pagereel.recorder.mix.MixResult;
import org.pagereel.recorder.mix.Mixer;

/** The mixed video of a recording: one file, or one for each stretch between pauses. */
final class MakeMix {
  private static final int FPS = 15;

  private final Path folder;
  private final MixLayout layout;
  private final StreamNames names;
  private final List<Board> boards;
  private final List<Segment> segments;
  private final List<Seating.Seat> seats;
  private final StreamsProgress work;
  private final List<String> missing;

  MakeMix(
      Path folder,
      StreamJournal journal,
      MixLayout layout,
      List<Board> boards,
      List<Segment> segments,
      StreamsProgress work,
      List<String> missing) {
    this.folder = folder;
    this.layout = layout;
    this.boards = boards;
    this.segments = segments;
    this.names = journal.plan().names();
    this.seats = Seating.of(layout, names, Presence.of(segments, journal.order()));
    this.work = work;
    this.missing = missing;
  }

  /** Mixes everything, with a new file at each of these pauses. */
  List<StreamFile> make(Duration total, List<Omitted> pauses) {
    List<Long> cuts = new ArrayList<>(List.of(0L));
    pauses.stream().map(pause -> pause.atMillis() * 1000).forEach(cuts::add);
    cuts.add(Durations.micros(total));
    List<StreamFile> made = new ArrayList<>();
    double worth = 3.0 * (segments.size() + boards.size()) / (cuts.size() - 1);
    for (int i = 0; i + 1 < cuts.size(); i++) {
      if (cuts.get(i + 1) - cuts.get(i) >= 1_000_000 / FPS) {
        String name = i == 0 ? "mix.mp4" : "mix-" + (i + 1) + ".mp4";
        make(name, cuts.get(i), cuts.get(i + 1), worth).ifPresent(made::add);
      }
    }
    return made;
  }

  private Optional<StreamFile> make(String name, long from, long to, double worth) {
    MixPlan plan =
        new MixPlan(
            layout.width(),
            layout.height(),
            FPS,
            Joined.bitrate(layout.width(), layout.height()),
            layout.background(),
            Durations.ofMicros(to - from),
            layout.sound(),
            inputs(from, to),
            folder.resolve(name));
    try {
      MixResult result = Mixer.mix(plan, work.mixing(worth));
      missing.addAll(result.missing());
      return Optional.of(
          new StreamFile(
              name,
              Kind.MIX,
              "",
              from / 1000,
              result.duration().toMillis(),
              result.bytes(),
              layout.width() + layout.width() % 2,
              layout.height() + layout.height() % 2));
    } catch (RecordingFailure e) {
      if (e.category() == FailureCategory.CAPACITY) {
        throw e;
      }
      missing.add(name + ": " + e.getMessage());
      return Optional.empty();
    }
  }

  private List<MixInput> inputs(long from, long to) {
    List<MixInput> inputs = new ArrayList<>();
    @Nullable Cell boardCell = Seating.whiteboard(layout, names).map(MakeMix::cell).orElse(null);
    for (Board board : boards) {
      long end = board.start() + board.duration();
      add(inputs, board.file(), board.start(), end, from, to, from, boardCell, layout.sound());
    }
    for (Segment segment : segments) {
      add(inputs, segment, from, to);
    }
    return inputs;
  }

  /** Its picture where and while it has a place; its sound all the time. */
  private void add(List<MixInput> inputs, Segment segment, long from, long to) {
    String file = segment.file();
    if (layout.sound()) {
      add(inputs, file, segment.start(), segment.end(), from, to, from, null, true);
    }
    for (Seating.Seat seat : seats) {
      if (seat.key().equals(segment.key()) && segment.width() > 0) {
        long begins = Math.max(from, seat.from());
        long ends = Math.min(to, seat.to());
        Cell cell = cell(seat.place());
        add(inputs, file, segment.start(), segment.end(), begins, ends, from, cell, false);
      }
    }
  }

  /** The part of a file that lies between two media times, on a mix that begins at zero. */
  private void add(
      List<MixInput> inputs,
      String file,
      long start,
      long end,
      long from,
      long to,
      long zero,
      @Nullable Cell cell,
      boolean sound) {
    long begins = Math.max(start, from);
    long ends = Math.min(end, to);
    if (begins < ends && Files.exists(folder.resolve(file))) {
      inputs.add(
          new MixInput(
              folder.resolve(file),
              Durations.ofMicros(begins - zero),
              Durations.ofMicros(ends - zero),
              Durations.ofMicros(begins - start),
              cell,
              sound));
    }
  }

  private static Cell cell(Place place) {
    return new Cell(
        place.x(),
        place.y(),
        place.width(),
        place.height(),
        place.zOrder(),
        place.background(),
        place.fill());
  }
}
