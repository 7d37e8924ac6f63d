package org.pagereel.recorder.capture;

import java.time.Duration;
import org.pagereel.recorder.RecordingRequest;
import org.pagereel.recorder.process.SoundPipe;

/**
 * From where to where a capture goes.
 *
 * @param display the X display, such as {@code :3}
 * @param sound the pipe into which the page's sink plays
 * @param request says how picture and sound are encoded and cut, and where a lossless copy goes
 * @param mediaStart media time of the first picture: where the attempt before this one ended
 */
public record CaptureSettings(
    String display, SoundPipe sound, RecordingRequest request, Duration mediaStart) {}
