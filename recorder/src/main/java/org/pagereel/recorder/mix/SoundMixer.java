package org.pagereel.recorder.mix;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.function.Consumer;
import org.pagereel.recorder.Durations;
import org.pagereel.recorder.av.GrowingFile;
import org.pagereel.recorder.av.Packet;
import org.pagereel.recorder.av.SoundEncoder;

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
    long samples = Times.nearest(Durations.micros(duration), SoundEncoder.RATE);
    try (GrowingFile file = GrowingFile.mp4(target);
        SoundEncoder out = SoundEncoder.aac();
        SoundMix mix = new SoundMix(inputs, missing)) {
      Consumer<Packet> sink = file.add(out.format())::write;
      file.begin();
      for (long done = 0; done < samples; done += SoundMix.BLOCK) {
        if (listener.cancelled()) {
          throw new CancellationException("Mixing " + target.getFileName() + " was cancelled");
        }
        int count = (int) Math.min(SoundMix.BLOCK, samples - done);
        out.add(mix.next(), count, sink);
        if (done / SoundMix.BLOCK % BLOCKS_BETWEEN_SIGNS == 0) {
          listener.progress((double) done / samples);
        }
      }
      out.drain(sink);
      long bytes = file.finish();
      listener.progress(1);
      return new MixResult(duration, bytes, missing.inWords());
    }
  }
}
