package org.pagereel.recorder;

import java.util.List;

/**
 * What a recording of streams has made: the contents of {@code streams.json} in its folder, there
 * when all files are complete. All times in milliseconds of the recording's own timeline, on which
 * pauses do not exist.
 *
 * @param totalMillis the end of the file that ends last
 * @param interrupts the number of times that each participant's streams broke off and came back
 * @param omitted the pauses
 * @param missing files that could not be made, in words
 */
public record StreamFiles(
    long totalMillis,
    List<StreamFile> files,
    List<Interrupt> interrupts,
    List<Omitted> omitted,
    List<String> missing) {

  public static final String FILE = "streams.json";

  public enum Kind {
    CAMERA,
    SCREEN,
    WHITEBOARD,
    MIX,
    /** The sound of a camera or a screen, as MP3. */
    SOUND
  }

  /**
   * One file.
   *
   * @param userId the user of the stream; empty for whiteboard and mix
   * @param startMillis its beginning
   * @param width 0 without a picture, as is {@code height}
   */
  public record StreamFile(
      String file,
      Kind kind,
      String userId,
      long startMillis,
      long durationMillis,
      long bytes,
      int width,
      int height) {}

  public record Interrupt(String userId, int count) {}

  /**
   * A pause.
   *
   * @param atMillis its place on the timeline
   * @param pausedAt wall time, Unix milliseconds; {@code resumedAt} likewise
   */
  public record Omitted(long atMillis, long pausedAt, long resumedAt) {}
}
