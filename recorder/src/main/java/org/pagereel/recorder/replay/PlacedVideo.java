package org.pagereel.recorder.replay;

import java.nio.file.Path;
import org.pagereel.recorder.StreamFiles.Kind;

/**
 * A file of the class, which is here, on the class's timeline.
 *
 * @param start microseconds from the class's beginning, as is {@code end}
 */
record PlacedVideo(
    String userId,
    Kind kind,
    Path file,
    long start,
    long end,
    boolean hasPicture,
    boolean hasSound) {}
