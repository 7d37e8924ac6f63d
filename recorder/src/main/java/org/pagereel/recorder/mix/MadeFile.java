package org.pagereel.recorder.mix;

import java.time.Duration;

/**
 * A file that was made of a stream.
 *
 * @param duration its playing time
 * @param width of its first picture; 0 without a picture, as is {@code height}
 */
public record MadeFile(Duration duration, int width, int height, long bytes) {}
