package org.pagereel.recorder.planted;

import org.bytedeco.ffmpeg.avutil.AVFrame;

/** A violation that ArchitectureTest must see. */
record UsesFfmpeg(AVFrame frame) {}
