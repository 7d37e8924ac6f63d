package org.pagereel.recorder;

/**
 * How sound is encoded: AAC at 48 kHz.
 *
 * @param channels 1 (both channels mixed) or 2
 * @param kbps 32 to 320 kbit/s, about what speech takes; it is encoded by quality
 */
public record SoundProfile(int channels, int kbps) {
  public static final SoundProfile STEREO = new SoundProfile(2, 128);

  public SoundProfile {
    if (channels < 1 || channels > 2) {
      throw new IllegalArgumentException("channels is " + channels + "; allowed are 1 and 2");
    }
    if (kbps < 32 || kbps > 320) {
      throw new IllegalArgumentException("sound kbps is " + kbps + "; allowed are 32 to 320");
    }
  }
}
