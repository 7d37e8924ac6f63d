package org.pagereel.recorder.mix;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CancellationException;
import org.bytedeco.ffmpeg.avformat.AVStream;

/** Makes one file of sound, AAC in MP4, out of the sounds of several files. */
public final class SoundMixer {
  private static final int BLOCKS_BETWEEN_SIGNS = 1000;

  private SoundMixer() {}

  /**
   * Mixes; returns when the file is complete.
   *
   * @throws CancellationException when the listener cancelled; no file is left
   * @throws org.pagereel.recorder.RecordingFailure when it cannot be encoded or written
   */
  public static MixResult mix(
      List<MixInput> inputs, Duration duration, Path target, MixListener listener) {
    Missing missing = new Missing();
    long samples = Times.nearest(Times.micros(duration), SoundOut.RATE);
    try (GrowingFile file = GrowingFile.mp4(target);
        SoundOut out = SoundOut.aac();
        SoundMix mix = new SoundMix(inputs, missing)) {
      AVStream stream = file.add(out.context());
      file.begin();
      for (long done = 0; done < samples; done += SoundMix.BLOCK) {
        if (listener.cancelled()) {
          throw new CancellationException("Mixing " + target.getFileName() + " was cancelled");
        }
        int count = (int) Math.min(SoundMix.BLOCK, samples - done);
        out.add(mix.next(), count, packet -> file.write(packet, out.context().time_base(), stream));
        if (done / SoundMix.BLOCK % BLOCKS_BETWEEN_SIGNS == 0) {
          listener.progress((double) done / samples);
        }
      }
      out.drain(packet -> file.write(packet, out.context().time_base(), stream));
      long bytes = file.finish();
      listener.progress(1);
      return new MixResult(duration, bytes, missing.inWords());
    }
  }
}
