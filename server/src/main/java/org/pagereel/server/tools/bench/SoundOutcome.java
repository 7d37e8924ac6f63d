package org.pagereel.server.tools.bench;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.pagereel.recorder.SoundCounters;

/**
 * What one run of one pipeline gave.
 *
 * @param tone null on a page that beeps
 * @param offsetsMillis beep minus flash, one for each pair; empty on a page that holds a tone
 * @param counted the recorder's own report of its sound; null if it has none
 */
record SoundOutcome(
    @Nullable ToneHeard tone,
    List<Double> offsetsMillis,
    double cores,
    @Nullable SoundCounters counted) {}
