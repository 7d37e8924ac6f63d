package org.pagereel.recorder.media;

import java.nio.file.Path;
import java.time.Duration;
import org.pagereel.recorder.PageSize;
import org.pagereel.recorder.SoundProfile;
import org.pagereel.recorder.child.SoundPipe;

/**
 * From where to where a capture goes.
 *
 * @param display the X display, such as {@code :3}
 * @param sound the pipe into which the page's sink plays
 * @param bitrateKbps average video bitrate in kbit/s
 * @param attempt part of the slices' names
 * @param mediaStart media time of the first picture: where the attempt before this one ended
 * @param losslessCopy also write what the encoder is given to {@code lossless.mkv}
 */
public record CaptureSettings(
    String display,
    SoundPipe sound,
    PageSize size,
    int fps,
    int bitrateKbps,
    SoundProfile soundProfile,
    Duration sliceDuration,
    Path folder,
    int attempt,
    Duration mediaStart,
    boolean losslessCopy) {}
