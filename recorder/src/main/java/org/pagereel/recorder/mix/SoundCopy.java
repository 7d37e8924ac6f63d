package org.pagereel.recorder.mix;

import java.util.Arrays;
import org.bytedeco.ffmpeg.avcodec.AVPacket;
import org.bytedeco.ffmpeg.avformat.AVStream;

/** A stream's sound on its way into another codec, silence in its gaps. */
final class SoundCopy implements AutoCloseable {
  private static final int BLOCK = 4096;

  private final SoundReader reader;
  private final SoundOut out;
  private final GrowingFile file;
  private final AVStream target;
  private final long samples;
  private final float[][] block = new float[SoundOut.CHANNELS][BLOCK];
  private long done;

  /** Owns the encoder. */
  SoundCopy(Track track, AVStream stream, long lengthMicros, GrowingFile file, SoundOut out) {
    this.file = file;
    this.out = out;
    samples = Times.nearest(lengthMicros, SoundOut.RATE);
    reader = new SoundReader(track, stream, new SoundPlace(0, lengthMicros, 0));
    target = file.add(out.context());
  }

  long reached() {
    return done * 1_000_000 / SoundOut.RATE;
  }

  /** Writes a little more; false when all is written. */
  boolean copyNext() {
    int count = (int) Math.min(BLOCK, samples - done);
    for (float[] channel : block) {
      Arrays.fill(channel, 0);
    }
    var _ = reader.addTo(block, done, count);
    out.add(block, count, this::write);
    done += count;
    if (done < samples) {
      return true;
    }
    out.drain(this::write);
    return false;
  }

  private void write(AVPacket packet) {
    file.write(packet, out.context().time_base(), target);
  }

  @Override
  public void close() {
    reader.close();
    out.close();
  }
}
