package org.pagereel.server.tools.bench;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import org.pagereel.recorder.media.SoundCounters;

/**
 * What a pipeline made of a page.
 *
 * @param cores processors in use in the measured stretch, all processes together
 * @param counted what the recorder itself says of its sound; null when it says nothing
 */
record SoundFile(Path file, double cores, @Nullable SoundCounters counted) {}
