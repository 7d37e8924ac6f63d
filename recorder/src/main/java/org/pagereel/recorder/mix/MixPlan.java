package org.pagereel.recorder.mix;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/**
 * One mixed MP4.
 *
 * @param width of the canvas; made even by a column more, as is {@code height}
 * @param fps frames per second of the mix
 * @param bitrateKbps average video bitrate in kbit/s
 * @param background of the canvas where there is no picture, 0xRRGGBB
 * @param sound whether the mix has a sound track
 * @param target appears under this name when it is complete
 */
public record MixPlan(
    int width,
    int height,
    int fps,
    int bitrateKbps,
    int background,
    Duration duration,
    boolean sound,
    List<MixInput> inputs,
    Path target) {}
