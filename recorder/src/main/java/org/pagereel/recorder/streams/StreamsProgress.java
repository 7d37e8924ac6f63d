package org.pagereel.recorder.streams;

import java.util.function.DoubleConsumer;
import org.pagereel.recorder.mix.MixListener;

/** The progress of the work on the files. */
final class StreamsProgress {
  private final DoubleConsumer progress;
  private double expected = 1;
  private double done;

  StreamsProgress(DoubleConsumer progress) {
    this.progress = progress;
  }

  /** Sets the number of parts to be done; their size is arbitrary. */
  void expect(double parts) {
    expected = Math.max(1, parts);
  }

  void done(double parts) {
    done += parts;
    progress.accept(Math.min(1, done / expected));
  }

  /** The listener of a mix that counts as this number of parts. */
  MixListener mixing(double parts) {
    return new MixListener() {
      private double before;

      @Override
      public void progress(double fraction) {
        done((fraction - before) * parts);
        before = fraction;
      }

      @Override
      public boolean cancelled() {
        return false;
      }
    };
  }
}
