package org.pagereel.recorder.streams;

/**
 * A finished video of the whiteboard: of the page itself. Media times in microseconds.
 *
 * @param file MP4, in the recording's folder
 */
public record Board(String file, long start, long duration, long bytes, int width, int height) {}
