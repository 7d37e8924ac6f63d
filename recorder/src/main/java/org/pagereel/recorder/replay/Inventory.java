package org.pagereel.recorder.replay;

import java.io.IOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import tools.jackson.databind.JsonNode;

/** The contents of a class's messages. */
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
   * Reads the messages, twice: clocks are compared at any time of a class.
   *
   * @param files get messages that were too long to be sent
   * @param script gets what happened on the board
   */
  static Inventory of(History history, BoardFiles files, ScriptWriter script) {
    Inventory inventory = new Inventory(files, script);
    // What cannot be read is counted once.
    history.read(
        new Unread(), message -> message.data().forEach(data -> inventory.note(message, data)));
    inventory.holes = history.read(inventory.unread, inventory::add);
    return inventory;
  }

  private void note(ClassMessage message, JsonNode data) {
    switch (clocks.note(message.seq(), message.from(), data)) {
      case TAKEN -> {}
      case UNREADABLE -> unread.count(Unread.Kind.CLOCK, message.seq());
      case OTHER -> ClassVideo.of(message.seq(), data).ifPresent(this::note);
    }
  }

  private void note(ClassVideo video) {
    String name = video.userId() + " " + video.url();
    if (known.contains(name)) {
      return; // a history may tell of a file twice
    }
    if (videos.size() >= MAX_VIDEOS) {
      unread.count(Unread.Kind.FILE, video.seq());
      return;
    }
    known.add(name);
    videos.add(video);
  }

  private void add(ClassMessage message) throws IOException {
    for (JsonNode data : message.data()) {
      for (JsonNode whole : files.whole(message.seq(), data)) {
        Optional<BoardMessage> board = BoardMessage.of(message.from(), whole);
        if (board.isPresent()) {
          actions.count(board.get().actions());
          script.add(board.get().script(message.seq(), board.get().wall(message, clocks)));
        }
      }
    }
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
