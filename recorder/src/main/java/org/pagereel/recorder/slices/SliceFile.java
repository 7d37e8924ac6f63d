package org.pagereel.recorder.slices;

import org.pagereel.recorder.av.OutputFile;

/**
 * A slice that is being written, or was just finished.
 *
 * @param startMicros media time of its first frame
 */
record SliceFile(
    String name, int number, long startMicros, long startedAtEpochMicros, OutputFile out) {}
