package org.pagereel.recorder.mix;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.Deque;
import java.util.Iterator;
import java.util.List;
import org.pagereel.recorder.Durations;
import org.pagereel.recorder.av.SoundEncoder;

/** The sum of all sounds, block by block. */
final class SoundMix implements AutoCloseable {
  /** Samples of a block. The limiter looks one step ahead, which lies behind each block. */
  static final int BLOCK = 8 * Limiter.STEP;

  private final Missing missing;
  private final Deque<MixInput> waiting;
  private final List<InputSound> open = new ArrayList<>();
  private final float[][] block = new float[SoundEncoder.CHANNELS][BLOCK + Limiter.STEP];
  private final Limiter limiter = new Limiter();
  private long mixed;

  SoundMix(List<MixInput> inputs, Missing missing) {
    this.missing = missing;
    waiting =
        new ArrayDeque<>(
            inputs.stream()
                .filter(MixInput::sound)
                .sorted(Comparator.comparing(MixInput::from))
                .toList());
    addSources(0, Limiter.STEP, 0);
    mixed = Limiter.STEP;
  }

  /** The next {@link #BLOCK} samples, one array a channel, lent until the next call. */
  float[][] next() {
    if (mixed > Limiter.STEP) {
      for (float[] channel : block) {
        System.arraycopy(channel, BLOCK, channel, 0, Limiter.STEP);
        Arrays.fill(channel, Limiter.STEP, channel.length, 0);
      }
    }
    addSources(mixed, BLOCK, Limiter.STEP);
    mixed += BLOCK;
    for (int step = 0; step < BLOCK; step += Limiter.STEP) {
      limiter.limit(block, step);
    }
    return block;
  }

  private void addSources(long start, int count, int index) {
    while (!waiting.isEmpty()
        && Times.nearest(Durations.micros(waiting.peek().from()), SoundEncoder.RATE)
            < start + count) {
      open.add(new InputSound(waiting.remove(), missing));
    }
    float[][] part = new float[SoundEncoder.CHANNELS][count];
    for (Iterator<InputSound> sources = open.iterator(); sources.hasNext(); ) {
      InputSound source = sources.next();
      if (!source.addTo(part, start, count)) {
        sources.remove();
        source.close();
      }
    }
    for (int channel = 0; channel < SoundEncoder.CHANNELS; channel++) {
      System.arraycopy(part[channel], 0, block[channel], index, count);
    }
  }

  @Override
  public void close() {
    open.forEach(InputSound::close);
    open.clear();
  }
}
