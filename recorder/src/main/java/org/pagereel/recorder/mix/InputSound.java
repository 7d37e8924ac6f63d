package org.pagereel.recorder.mix;

import org.jspecify.annotations.Nullable;
import org.pagereel.recorder.Durations;
import org.pagereel.recorder.av.Track;

/** The sound of an input, open while its time is; one that cannot be opened is silent. */
final class InputSound implements AutoCloseable {
  private final MixInput input;
  private final Missing missing;
  private @Nullable Track track;
  private @Nullable FileSound reader;

  InputSound(MixInput input, Missing missing) {
    this.input = input;
    this.missing = missing;
    try {
      open();
    } catch (RuntimeException e) {
      missing.add(input.file(), String.valueOf(e.getMessage()));
    }
  }

  /** Adds what sounds in these samples of the mix; false when there is no more to come. */
  boolean addTo(float[][] block, long start, int count) {
    if (reader == null || track == null) {
      return false;
    }
    try {
      boolean more = reader.addTo(block, start, count);
      if (!more && track.broken() != null) {
        missing.add(input.file(), track.broken());
      } else if (!more && !reader.heard()) {
        missing.add(input.file(), "no sound of it can be decoded");
      }
      return more;
    } catch (RuntimeException e) {
      missing.add(input.file(), String.valueOf(e.getMessage()));
      return false;
    }
  }

  private void open() {
    long skipMicros = Durations.micros(input.skip());
    long from = Durations.micros(input.from());
    Track opened = Track.at(input.file(), Track.Kind.SOUND, skipMicros);
    track = opened;
    if (opened.format() != null) {
      long shift = from - skipMicros - opened.startMicros();
      reader = new FileSound(opened, new SoundPlace(from, Durations.micros(input.to()), shift));
    } else if (!opened.hasStreams()) {
      missing.add(input.file(), "it holds neither picture nor sound");
    }
  }

  @Override
  public void close() {
    if (reader != null) {
      reader.close();
    }
    if (track != null) {
      track.close();
    }
  }
}
