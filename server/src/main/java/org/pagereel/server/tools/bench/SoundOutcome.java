package org.pagereel.server.tools.bench;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.pagereel.recorder.media.SoundCounters;

/**
 * What one run of one pipeline gave.
 *
 * @param tone null on a page that beeps
 * @param offsetsMillis beep minus flash, one for each pair; empty on a page that holds a tone
 * @param counted what the recorder itself says of its sound; null when it says nothing
 */
record SoundOutcome(
    @Nullable ToneHeard tone,
    List<Double> offsetsMillis,
    double cores,
    @Nullable SoundCounters counted) {}
