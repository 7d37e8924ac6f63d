package org.pagereel.recorder.streams;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Base64;

/**
 * What the page's script (streams/) says, one line each. Times are the page's {@code
 * performance.now()}, in microseconds.
 */
sealed interface StreamMessage {
  /** The number of the page's stream. */
  long stream();

  /** A page has begun: its clock has another zero, and nothing of the one before it goes on. */
  record Hello(long stream) implements StreamMessage {}

  /** A stream was handed over. */
  record Begin(long stream, long at, String kind, String userId) implements StreamMessage {}

  /** Pictures from here on are of this size. */
  record Size(long stream, int width, int height) implements StreamMessage {}

  /** The tracks that the stream has from here on; their chunks may come late. */
  record Has(long stream, boolean video, boolean sound) implements StreamMessage {}

  /** A picture or some sound, encoded. */
  @SuppressWarnings("ArrayRecordComponent") // never compared
  record Chunk(long stream, boolean video, boolean key, long at, long duration, byte[] data)
      implements StreamMessage {}

  /** The following chunks belong into another file. */
  record Cut(long stream) implements StreamMessage {}

  /** The stream has no pictures, or no sound, any more. */
  record Gone(long stream, boolean video, long at) implements StreamMessage {}

  /** The number of further pictures that were dropped because the machine was too slow. */
  record Dropped(long stream, long pictures) implements StreamMessage {}

  /** The stream is over. */
  record End(long stream, long at) implements StreamMessage {}

  /**
   * Reads a line.
   *
   * @throws IllegalArgumentException it is none of these
   */
  static StreamMessage parse(String line) {
    try {
      return parse(line.split(" ", -1));
    } catch (IndexOutOfBoundsException e) {
      throw new IllegalArgumentException("not a whole message of a stream: " + shortened(line), e);
    }
  }

  private static String shortened(String line) {
    return line.length() <= 100 ? line : line.substring(0, 100) + "…";
  }

  /** Sizes that no encoder makes would be no file. */
  private static int side(String word) {
    int side = Integer.parseInt(word);
    if (side < 2 || side > 8192) {
      throw new IllegalArgumentException("a picture's side is " + side + "; allowed are 2 to 8192");
    }
    return side;
  }

  private static StreamMessage parse(String[] words) {
    long stream = Long.parseLong(words[1]);
    return switch (words[0]) {
      case "hello" -> new Hello(stream);
      case "begin" ->
          new Begin(
              stream,
              Long.parseLong(words[2]),
              words[3],
              URLDecoder.decode(words[4].replace("+", "%2B"), StandardCharsets.UTF_8));
      case "size" -> new Size(stream, side(words[2]), side(words[3]));
      case "has" -> new Has(stream, words[2].equals("1"), words[3].equals("1"));
      case "v", "a" ->
          new Chunk(
              stream,
              words[0].equals("v"),
              words[2].equals("1"),
              Long.parseLong(words[3]),
              Long.parseLong(words[4]),
              Base64.getDecoder().decode(words[5]));
      case "cut" -> new Cut(stream);
      case "gone" -> new Gone(stream, words[2].equals("v"), Long.parseLong(words[3]));
      case "dropped" -> new Dropped(stream, Long.parseLong(words[2]));
      case "end" -> new End(stream, Long.parseLong(words[2]));
      default ->
          throw new IllegalArgumentException("not a message of a stream: " + shortened(words[0]));
    };
  }
}
