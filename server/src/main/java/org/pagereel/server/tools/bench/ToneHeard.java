package org.pagereel.server.tools.bench;

import java.nio.file.Path;
import org.pagereel.server.tools.measure.Decoded;
import org.pagereel.server.tools.measure.SteadyTone;

/**
 * How the page of steady tones sounds in a file.
 *
 * @param webAudio 500 Hz in the left channel
 * @param video 800 Hz in the right channel
 * @param webAudioOff level in dB beside what the page plays; minus infinity for silence
 * @param videoOff level in dB beside the video's own file
 */
record ToneHeard(SteadyTone webAudio, SteadyTone video, double webAudioOff, double videoOff) {
  private static final double WEB_AUDIO_LEVEL = 0.25;
  private static final int WEB_AUDIO_HERTZ = 500;
  private static final int VIDEO_HERTZ = 800;

  /** So much of the asked stretch must have been heard: less cannot be called unbroken. */
  static final double WHOLE = 0.98;

  /**
   * Listens to a file.
   *
   * @param played the video that the page plays
   */
  static ToneHeard in(Path file, Path played, double from, double until) {
    double videoLevel = SteadyTone.of(Decoded.channel(played, 1), VIDEO_HERTZ, 1, 6).level();
    return of(Decoded.channel(file, 0), Decoded.channel(file, 1), videoLevel, from, until);
  }

  static ToneHeard of(short[] left, short[] right, double videoLevel, double from, double until) {
    SteadyTone webAudio = SteadyTone.of(left, WEB_AUDIO_HERTZ, from, until);
    SteadyTone video = SteadyTone.of(right, VIDEO_HERTZ, from, until);
    return new ToneHeard(
        webAudio,
        video,
        decibels(webAudio.level() / WEB_AUDIO_LEVEL),
        decibels(video.level() / videoLevel));
  }

  /** Breaks of both tones together. */
  int breaks() {
    return webAudio.breaks() + video.breaks();
  }

  int longestMillis() {
    return Math.max(webAudio.longestMillis(), video.longestMillis());
  }

  /** The larger deviation of the two levels, in dB. */
  double levelOff() {
    return Math.max(Math.abs(webAudioOff), Math.abs(videoOff));
  }

  /** The length of the sound; a file that lost time is shorter. */
  double seconds() {
    return Math.min(webAudio.seconds(), video.seconds());
  }

  /** Whether there is something to judge: a file that broke off or is silent has few breaks. */
  boolean isWhole(double length) {
    return seconds() >= WHOLE * length && Double.isFinite(levelOff());
  }

  private static double decibels(double ratio) {
    return 20 * Math.log10(ratio);
  }
}
