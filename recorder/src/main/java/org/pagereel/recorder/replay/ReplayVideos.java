package org.pagereel.recorder.replay;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.jspecify.annotations.Nullable;
import org.pagereel.recorder.FailureCategory;
import org.pagereel.recorder.RecordingFailure;
import org.pagereel.recorder.ReplayRequest;
import org.pagereel.recorder.StreamFiles.Kind;
import org.pagereel.recorder.StreamFiles.StreamFile;
import org.pagereel.recorder.mix.MixResult;
import org.pagereel.recorder.mix.PartsJoin;
import org.pagereel.recorder.mix.SoundMixer;
import org.pagereel.recorder.replay.Parts.Part;

/** The videos of a class: one for all, or one for each stream and the board. */
final class ReplayVideos {
  static final String SOUND = "sound.m4a";
  static final String MIXED = "class.mp4";
  static final String BOARD = "whiteboard.mp4";
  private static final int FULL_HD = 1920 * 1080;
  private static final int FULL_HD_KBPS = 2000;

  private final Path folder;
  private final Path parts;
  private final Plan plan;
  private final @Nullable String proxy;
  private final ReplayWork work;
  private final List<String> missing;

  ReplayVideos(
      Path folder,
      Path parts,
      Plan plan,
      @Nullable String proxy,
      ReplayWork work,
      List<String> missing) {
    this.folder = folder;
    this.parts = parts;
    this.plan = plan;
    this.proxy = proxy;
    this.work = work;
    this.missing = missing;
  }

  List<StreamFile> make() throws IOException {
    ReplayRequest.Mix mix = plan.request().mix();
    work.planned();
    return mix == null ? unmixed() : List.of(mixed(new MixedClass(mix, fps(), plan.videos()), mix));
  }

  private StreamFile mixed(MixedClass mixed, ReplayRequest.Mix mix) {
    for (String user : mixed.unseen()) {
      missing.add("picture of " + user + ": there are more than " + ClassLayout.MOST + " at once");
    }
    long total = plan.timeline().totalMillis();
    Parts split = Parts.of(0, total);
    BoardSize size = BoardSize.in(mixed.board(), plan.request().ratio());
    boolean hasBoard = plan.timeline().hasBoard();
    // A board that is all there is to see has its canvas already.
    boolean isBoardOnly = hasBoard && mixed.showsBoardOnly(size);
    for (Part part : split.all()) {
      work.expect(part.file(BoardParts.NAME), hasBoard ? 0.3 * part.seconds() : 0);
      work.expect(part.file(MixedClass.NAME), isBoardOnly ? 0 : part.seconds());
    }
    boolean sound = Boolean.TRUE.equals(mix.sound()) && mixed.isHeard();
    work.expect(SOUND, sound ? 0.1 * total / 1e3 : 0);
    CompletableFuture<List<String>> sounds =
        sound
            ? CompletableFuture.supplyAsync(() -> sound(mixed, total), this::inBackground)
            : CompletableFuture.completedFuture(List.of());
    List<Path> made = new ArrayList<>();
    List<Part> undrawn =
        split.all().stream().filter(part -> isBoardOnly || !mixed.isDone(part, parts)).toList();
    try (BoardParts board = hasBoard ? board(undrawn, size) : null) {
      for (Part part : split.all()) {
        if (isBoardOnly && board != null) {
          made.add(board.await(part));
        } else {
          missing.addAll(mix(mixed, part, board));
          made.add(parts.resolve(part.file(MixedClass.NAME)));
        }
      }
    }
    missing.addAll(awaited(sounds));
    Path target = folder.resolve(MIXED);
    long bytes = PartsJoin.mp4(made, split.length(), sound ? parts.resolve(SOUND) : null, target);
    return new StreamFile(
        MIXED, Kind.MIX, "", 0, total, bytes, even(mixed.width()), even(mixed.height()));
  }

  /** A page that cannot draw the board does not cost the people, who are worth a video. */
  private List<String> mix(MixedClass mixed, Part part, @Nullable BoardParts board) {
    List<String> lost = new ArrayList<>();
    Path drawn = null;
    if (board != null && !mixed.isDone(part, parts)) {
      try {
        drawn = board.await(part);
      } catch (RecordingFailure e) {
        if (e.category() != FailureCategory.PAGE || !mixed.showsPeople()) {
          throw e;
        }
        lost.add("whiteboard from %d s on: %s".formatted(part.from() / 1000, e.getMessage()));
      }
    }
    return mixed.make(part, drawn, lost, parts, work);
  }

  private static int even(int side) {
    return side + side % 2;
  }

  private void inBackground(Runnable task) {
    Thread.ofPlatform().daemon().name("class-sound").start(task);
  }

  private List<String> sound(MixedClass mixed, long totalMillis) {
    Path target = parts.resolve(SOUND);
    if (PartNotes.isDone(target)) {
      work.progress(SOUND, 1);
      return PartNotes.read(target);
    }
    MixResult result =
        SoundMixer.mix(
            mixed.sounds(totalMillis), Duration.ofMillis(totalMillis), target, work.mixing(SOUND));
    PartNotes.write(target, result.missing());
    return result.missing();
  }

  private static List<String> awaited(CompletableFuture<List<String>> sounds) {
    try {
      return sounds.join();
    } catch (CompletionException e) {
      throw RecordingFailure.from("Mixing the sound", e.getCause() == null ? e : e.getCause());
    }
  }

  private List<StreamFile> unmixed() throws IOException {
    List<StreamFile> files = new ArrayList<>();
    long from = plan.timeline().boardMillis();
    Parts split = Parts.of(from, plan.timeline().totalMillis());
    for (Part part : split.all()) {
      work.expect(part.file(BoardParts.NAME), part.seconds());
    }
    ParticipantVideos participants = new ParticipantVideos(folder, parts, fps(), work, missing);
    files.addAll(participants.make(plan.here(), plan.timeline().zero()));
    if (plan.timeline().hasBoard()) {
      files.add(boardAlone(split, from));
    }
    if (files.isEmpty()) {
      throw new RecordingFailure(
          FailureCategory.USER, "Nothing could be made: " + String.join("; ", missing));
    }
    return files;
  }

  private StreamFile boardAlone(Parts split, long from) {
    BoardSize size = BoardSize.of(side(plan.request().width()), side(plan.request().height()));
    try (BoardParts board = board(split.all(), size)) {
      List<Path> drawn = split.all().stream().map(board::await).toList();
      long bytes = PartsJoin.mp4(drawn, split.length(), null, folder.resolve(BOARD));
      long length = plan.timeline().totalMillis() - from;
      return new StreamFile(
          BOARD, Kind.WHITEBOARD, "", from, length, bytes, size.width(), size.height());
    }
  }

  private BoardParts board(List<Part> all, BoardSize size) {
    int kbps = (int) (FULL_HD_KBPS * Math.sqrt((double) size.width() * size.height() / FULL_HD));
    BoardReplay.Settings settings =
        new BoardReplay.Settings(
            parts.resolve(ScriptWriter.FILE),
            size.width(),
            size.height(),
            plan.request().ratio(),
            fps(),
            Math.max(300, kbps),
            plan.request().page(),
            proxy,
            BoardReplay.PATIENCE);
    return new BoardParts(parts, all, settings, work, missing);
  }

  private int fps() {
    return side(plan.request().fps());
  }

  /** Its default is there already. */
  private static int side(@Nullable Integer value) {
    return value == null ? 0 : value;
  }
}
