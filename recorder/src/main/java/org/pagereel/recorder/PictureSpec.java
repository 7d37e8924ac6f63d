package org.pagereel.recorder;

/**
 * How the picture is encoded: H.264.
 *
 * @param fps frames per second at the most, 5 to 60
 * @param bitrateKbps average video bitrate in kbit/s, 50 to 8000
 * @param losslessCopy for measuring quality: also keep the encoder's input, losslessly
 */
public record PictureSpec(int fps, int bitrateKbps, boolean losslessCopy) {
  public PictureSpec {
    Range.require("fps", fps, 5, 60);
    Range.require("bitrate", bitrateKbps, 50, 8000);
  }

  public PictureSpec(int fps, int bitrateKbps) {
    this(fps, bitrateKbps, false);
  }
}
