package org.pagereel.server.tools.bench;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import org.pagereel.recorder.SoundCounters;

/**
 * What a pipeline made of a page.
 *
 * @param cores processors in use in the measured stretch, all processes together
 * @param counted the recorder's own report of its sound; null if it has none
 */
record SoundFile(Path file, double cores, @Nullable SoundCounters counted) {}
