package org.pagereel.recorder.mix;

import java.util.Arrays;
import org.pagereel.recorder.av.GrowingFile;
import org.pagereel.recorder.av.SoundEncoder;
import org.pagereel.recorder.av.Track;

/** A stream's sound on its way into another codec, silence in its gaps. */
final class SoundCopy implements AutoCloseable {
  private static final int BLOCK = 4096;

  private final FileSound reader;
  private final SoundEncoder out;
  private final GrowingFile.Stream target;
  private final long samples;
  private final float[][] block = new float[SoundEncoder.CHANNELS][BLOCK];
  private long done;

  /** Owns the encoder. */
  SoundCopy(Track track, long lengthMicros, GrowingFile file, SoundEncoder out) {
    this.out = out;
    samples = Times.nearest(lengthMicros, SoundEncoder.RATE);
    reader = new FileSound(track, new SoundPlace(0, lengthMicros, 0));
    target = file.add(out.format());
  }

  long reached() {
    return done * 1_000_000 / SoundEncoder.RATE;
  }

  /** Writes a little more; false when all is written. */
  boolean copyNext() {
    int count = (int) Math.min(BLOCK, samples - done);
    for (float[] channel : block) {
      Arrays.fill(channel, 0);
    }
    var _ = reader.addTo(block, done, count);
    out.add(block, count, target::write);
    done += count;
    if (done < samples) {
      return true;
    }
    out.drain(target::write);
    return false;
  }

  @Override
  public void close() {
    reader.close();
    out.close();
  }
}
