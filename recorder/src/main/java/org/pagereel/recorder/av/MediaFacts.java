package org.pagereel.recorder.av;

import static org.bytedeco.ffmpeg.global.avcodec.AV_CODEC_ID_AAC;
import static org.bytedeco.ffmpeg.global.avcodec.AV_CODEC_ID_H264;

import java.nio.file.Path;
import java.time.Duration;
import org.bytedeco.ffmpeg.avformat.AVStream;
import org.pagereel.recorder.Durations;
import org.pagereel.recorder.FailureCategory;
import org.pagereel.recorder.RecordingFailure;

/**
 * What a media file says of itself.
 *
 * @param format FFmpeg's names of the container, with commas
 * @param width of its picture; 0 without one, as is {@code height}
 * @param isPlayable whether every browser plays it: H.264 and AAC in MP4
 */
public record MediaFacts(
    Duration duration, String format, int width, int height, boolean hasSound, boolean isPlayable) {
  /**
   * Reads them.
   *
   * @throws RecordingFailure it is no media file, or a list of others
   */
  public static MediaFacts of(Path file) {
    try (MediaInput input = new MediaInput(file)) {
      AVStream video = input.rawVideo();
      AVStream sound = input.rawSound();
      if (video == null && sound == null) {
        throw new RecordingFailure(
            FailureCategory.USER, file.getFileName() + " holds neither picture nor sound");
      }
      if (video != null
          && (long) video.codecpar().width() * video.codecpar().height() > Av.MAX_PIXELS) {
        throw new RecordingFailure(
            FailureCategory.USER,
            "its pictures are too large: %d x %d"
                .formatted(video.codecpar().width(), video.codecpar().height()));
      }
      String format = input.raw().iformat().name().getString();
      long micros = input.raw().duration();
      boolean playable =
          format.contains("mp4")
              && (video == null || video.codecpar().codec_id() == AV_CODEC_ID_H264)
              && (sound == null || sound.codecpar().codec_id() == AV_CODEC_ID_AAC);
      return new MediaFacts(
          micros > 0 ? Durations.ofMicros(micros) : MediaCheck.length(file),
          format,
          video == null ? 0 : video.codecpar().width(),
          video == null ? 0 : video.codecpar().height(),
          sound != null,
          playable);
    }
  }
}
