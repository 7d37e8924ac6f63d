package org.pagereel.recorder.folder;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.pagereel.recorder.wire.Json;
import tools.jackson.core.JacksonException;
import tools.jackson.core.json.JsonWriteFeature;
import tools.jackson.databind.JsonNode;

/**
 * Something that happened in a class: a line of {@link #FILE} in the class's folder
 * (docs/CLASS_FOLDER.md, "class-events.jsonl"). It belongs to no vendor; a face translates what its
 * vendor's clients have sent.
 *
 * <p>In each event {@code message} is the number of the message that told of it, for people; null
 * if there was none. {@code receivedMillis} is when the server received this message, Unix
 * milliseconds, or 0 if that is not known. {@code clockMillis} is a time on the user's own clock.
 */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "event")
@JsonSubTypes({
  @JsonSubTypes.Type(value = ClassEvent.Source.class, name = "source"),
  @JsonSubTypes.Type(value = ClassEvent.Clock.class, name = "clock"),
  @JsonSubTypes.Type(value = ClassEvent.Board.class, name = "board"),
  @JsonSubTypes.Type(value = ClassEvent.BoardFile.class, name = "boardFile"),
  @JsonSubTypes.Type(value = ClassEvent.Video.class, name = "video"),
  @JsonSubTypes.Type(value = ClassEvent.Hole.class, name = "hole"),
  @JsonSubTypes.Type(value = ClassEvent.Unread.class, name = "unread")
})
public sealed interface ClassEvent {
  /** The file in a class's folder: events in the order in which the server received them. */
  String FILE = "class-events.jsonl";

  String DEFAULT_BOARD = "#DEFAULT";

  /**
   * The first line of a file that Pagereel has translated.
   *
   * @param file the name of the file that it was translated from
   * @param words by which warnings name what could not be read, for each {@link Kind}
   */
  record Source(String file, Map<Kind, String> words) implements ClassEvent {
    public Source {
      requireNonNull(file, "file");
      words = words == null ? Map.of() : Map.copyOf(words);
    }
  }

  /**
   * A comparison of two clocks.
   *
   * @param clockMillis the user's clock showed this
   * @param unixMillis when the server's showed this, Unix milliseconds
   */
  record Clock(
      @Nullable Long message,
      String user,
      @JsonProperty(required = true) long clockMillis,
      @JsonProperty(required = true) long unixMillis,
      long receivedMillis)
      implements ClassEvent {
    public Clock {
      requireNonNull(user, "user");
    }
  }

  /**
   * Somebody acted on the board.
   *
   * @param precisionMillis the precision of {@code receivedMillis}; default 1
   * @param actions a list of actions (docs/BOARD_MESSAGES.md)
   */
  record Board(
      @Nullable Long message,
      String user,
      long clockMillis,
      long receivedMillis,
      long precisionMillis,
      String board,
      JsonNode actions)
      implements ClassEvent {
    public Board {
      requireNonNull(user, "user");
      precisionMillis = Math.max(1, precisionMillis);
      board = board == null ? DEFAULT_BOARD : board;
      if (actions == null || !actions.isArray()) {
        throw new IllegalArgumentException("actions is " + actions + "; allowed is a list");
      }
    }
  }

  /**
   * Somebody acted on the board, by messages that were too long to be sent and lie in a file.
   *
   * @param precisionMillis as that of {@link Board}
   * @param url address of the file, or its name in the class's folder
   */
  record BoardFile(
      @Nullable Long message, String user, long receivedMillis, long precisionMillis, String url)
      implements ClassEvent {
    public BoardFile {
      requireNonNull(user, "user");
      requireNonNull(url, "url");
      precisionMillis = Math.max(1, precisionMillis);
    }
  }

  /**
   * A file that a user's stream was recorded to.
   *
   * @param screen whether it shows a screen or a film, and not a camera
   * @param startMillis its beginning, Unix milliseconds; 0 if only {@code clockMillis} says it
   * @param clockMillis its beginning too, and counts if it is near the other one
   * @param bytes its size; 0 if it is not known
   * @param url its address, or its name in the class's folder
   */
  record Video(
      @Nullable Long message,
      String user,
      boolean screen,
      long startMillis,
      @Nullable Long clockMillis,
      long bytes,
      String url)
      implements ClassEvent {
    public Video {
      requireNonNull(user, "user");
      requireNonNull(url, "url");
    }
  }

  /** So many messages are missing here. */
  record Hole(@JsonProperty(required = true) long messages) implements ClassEvent {}

  /**
   * Something in the translated file could not be read.
   *
   * @param line its line in that file, for {@link Kind#LINE}; {@code message} for all others
   */
  record Unread(Kind kind, @Nullable Long message, @Nullable Long line, long receivedMillis)
      implements ClassEvent {
    public Unread {
      requireNonNull(kind, "kind");
    }
  }

  /** A kind of things that could not be read. */
  enum Kind {
    /** A line that is none. */
    @JsonProperty("line")
    LINE,
    /** Content that is not of the form that it begins with. */
    @JsonProperty("data")
    DATA,
    /** A comparison of clocks that does not count. */
    @JsonProperty("clock")
    CLOCK,
    /** A file that is more than a class may have. */
    @JsonProperty("file")
    FILE
  }

  /** Reads a line; empty if it is none of a class. */
  static Optional<ClassEvent> read(String line) {
    try {
      return Optional.ofNullable(Json.LINES.readValue(line, ClassEvent.class));
    } catch (JacksonException e) {
      return Optional.empty();
    }
  }

  /**
   * A line, without its end. Half a character, which UTF-8 cannot have, comes out as it went in.
   */
  default String written() {
    return Json.LINES
        .writerFor(ClassEvent.class)
        .with(JsonWriteFeature.ESCAPE_NON_ASCII)
        .writeValueAsString(this);
  }
}
