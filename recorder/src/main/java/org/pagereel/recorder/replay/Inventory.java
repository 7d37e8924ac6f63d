package org.pagereel.recorder.replay;

import java.io.IOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.pagereel.recorder.folder.BoardMessage;
import org.pagereel.recorder.folder.ClassEvent;
import tools.jackson.databind.JsonNode;

/** The contents of a class's events. */
final class Inventory {
  /** A class with more files is none. */
  private static final int MAX_VIDEOS = 2_000;

  private final SenderClocks clocks = new SenderClocks();
  private final List<ClassVideo> videos = new ArrayList<>();
  private final Set<String> known = new HashSet<>();
  private final BoardActions actions = new BoardActions();
  private final BoardFiles files;
  private final ScriptWriter script;
  private final Unread unread = new Unread();
  private long holes;

  private Inventory(BoardFiles files, ScriptWriter script) {
    this.files = files;
    this.script = script;
  }

  /**
   * Reads the events, twice: clocks are compared at any time of a class.
   *
   * @param files get messages that were too long to be sent
   * @param script gets what happened on the board
   */
  static Inventory of(History history, BoardFiles files, ScriptWriter script) {
    Inventory inventory = new Inventory(files, script);
    history.read(inventory.unread, inventory::note);
    // What cannot be read is counted once.
    history.read(new Unread(), inventory::draw);
    return inventory;
  }

  private void note(long place, ClassEvent event) {
    switch (event) {
      case ClassEvent.Source source -> unread.name(source.words());
      case ClassEvent.Clock clock -> {
        if (!clocks.note(place, clock)) {
          unread.count(ClassEvent.Kind.CLOCK, number(clock.message(), place));
        }
      }
      case ClassEvent.Video video -> note(place, video);
      case ClassEvent.Hole hole -> holes += hole.messages();
      case ClassEvent.Unread one ->
          unread.count(
              one.kind(),
              number(one.kind() == ClassEvent.Kind.LINE ? one.line() : one.message(), place));
      case ClassEvent.Board _, ClassEvent.BoardFile _ -> {} // when all clocks are known
    }
  }

  private void note(long place, ClassEvent.Video video) {
    String name = video.user() + " " + video.url();
    if (known.contains(name)) {
      return; // a history may tell of a file twice
    }
    if (videos.size() >= MAX_VIDEOS) {
      unread.count(ClassEvent.Kind.FILE, number(video.message(), place));
      return;
    }
    known.add(name);
    videos.add(ClassVideo.of(place, video));
  }

  private void draw(long place, ClassEvent event) throws IOException {
    switch (event) {
      case ClassEvent.Board board ->
          add(
              new Drawn(
                  place,
                  number(board.message(), place),
                  board.receivedMillis(),
                  board.precisionMillis(),
                  new BoardMessage(
                      board.user(), board.clockMillis(), board.board(), board.actions())));
      case ClassEvent.BoardFile file -> {
        long message = number(file.message(), place);
        for (JsonNode held : files.held(message, file.url())) {
          Optional<BoardMessage> what = BoardMessage.of(file.user(), held);
          if (what.isPresent()) {
            add(
                new Drawn(
                    place, message, file.receivedMillis(), file.precisionMillis(), what.get()));
          }
        }
      }
      case ClassEvent.Source _,
          ClassEvent.Clock _,
          ClassEvent.Video _,
          ClassEvent.Hole _,
          ClassEvent.Unread _ -> {} // noted before
    }
  }

  private void add(Drawn drawn) throws IOException {
    actions.count(drawn.what().actions());
    script.add(drawn.script(drawn.wall(clocks)));
  }

  /** What people may look for: the number of the message, else of the line. */
  private static long number(@Nullable Long said, long line) {
    return Objects.requireNonNullElse(said, line);
  }

  List<ClassVideo> videos() {
    return videos;
  }

  SenderClocks clocks() {
    return clocks;
  }

  BoardActions actions() {
    return actions;
  }

  Unread unread() {
    return unread;
  }

  long holes() {
    return holes;
  }
}
