package org.pagereel.recorder.replay;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import org.pagereel.recorder.FailureCategory;
import org.pagereel.recorder.RecordingFailure;
import org.pagereel.recorder.replay.Parts.Part;

/**
 * Draws the board, part by part, in a thread of its own: the browser belongs to it. Who needs a
 * part waits for it.
 */
final class BoardParts implements AutoCloseable {
  static final String NAME = "board";

  private final Path folder;
  private final BoardReplay.Settings settings;
  private final ReplayWork work;
  private final List<Part> parts;
  private final Map<Part, CompletableFuture<Path>> drawn = new HashMap<>();
  private final List<String> missing;
  private final Thread thread;
  private volatile boolean closed;

  /**
   * Begins to draw the parts.
   *
   * @param folder gets the parts; those that it has are done
   */
  BoardParts(
      Path folder,
      List<Part> parts,
      BoardReplay.Settings settings,
      ReplayWork work,
      List<String> missing) {
    this.folder = folder;
    this.parts = parts;
    this.settings = settings;
    this.work = work;
    this.missing = missing;
    parts.forEach(part -> drawn.put(part, new CompletableFuture<>()));
    thread = Thread.ofPlatform().daemon().name("board").start(this::draw);
  }

  /**
   * The file of a part, waited for.
   *
   * @throws RecordingFailure it cannot be drawn
   */
  Path await(Part part) {
    try {
      return future(part).get();
    } catch (ExecutionException | CompletionException e) {
      throw RecordingFailure.from("Drawing the board", e.getCause() == null ? e : e.getCause());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new RecordingFailure(FailureCategory.INTERNAL, "Interrupted", e);
    }
  }

  private CompletableFuture<Path> future(Part part) {
    return Objects.requireNonNull(drawn.get(part), "a part that was not ordered");
  }

  private void draw() {
    try {
      List<Part> left = new ArrayList<>();
      for (Part part : parts) {
        Path file = folder.resolve(part.file(NAME));
        if (PartNotes.isDone(file)) {
          missing.addAll(PartNotes.read(file));
          done(part, file);
        } else {
          left.add(part);
        }
      }
      if (!left.isEmpty()) {
        draw(left);
      }
    } catch (RuntimeException | Error e) {
      drawn.values().forEach(one -> one.completeExceptionally(e));
    }
  }

  private void draw(List<Part> left) {
    try (BoardReplay board = BoardReplay.open(settings)) {
      for (Part part : left) {
        Path file = folder.resolve(part.file(NAME));
        board.render(file, part.from(), part.to(), () -> isToEnd(board, part));
        List<String> lost = List.copyOf(board.missing());
        PartNotes.write(file, lost);
        missing.addAll(lost);
        done(part, file);
      }
    }
  }

  /** Asked all the time: whether to give up. */
  private boolean isToEnd(BoardReplay board, Part part) {
    double done = (board.reachedMillis() - part.from()) / (part.seconds() * 1000);
    work.progress(part.file(NAME), done);
    return closed;
  }

  private void done(Part part, Path file) {
    work.progress(part.file(NAME), 1);
    future(part).complete(file);
  }

  /** Ends the drawing, if it goes on. */
  @Override
  public void close() {
    closed = true;
    try {
      thread.join();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
