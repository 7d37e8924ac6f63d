package org.pagereel.recorder.mix;

import java.nio.file.Path;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * A file on the timeline of a mix.
 *
 * @param file a video, a sound or a still picture, in any format that FFmpeg reads
 * @param from its beginning on the mix's timeline
 * @param to its end there, at any length: a picture stays until then, sound is cut
 * @param skip so much of the file is left out at its start
 * @param cell the place of its picture; null if only its sound is wanted
 * @param sound whether its sound is wanted
 */
public record MixInput(
    Path file, Duration from, Duration to, Duration skip, @Nullable Cell cell, boolean sound) {}
