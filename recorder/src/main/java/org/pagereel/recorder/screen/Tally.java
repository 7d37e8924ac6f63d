package org.pagereel.recorder.screen;

import java.util.concurrent.atomic.AtomicLong;
import org.pagereel.recorder.Counters;

/** Counts while the capture runs; written by its threads, read by anyone. */
public final class Tally {
  final AtomicLong grabbed = new AtomicLong();
  final AtomicLong encoded = new AtomicLong();
  final AtomicLong unchanged = new AtomicLong();
  final AtomicLong dropped = new AtomicLong();
  final AtomicLong changed = new AtomicLong();
  volatile boolean plain;

  /** The number of pictures that differ from the one before. */
  public long changed() {
    return changed.get();
  }

  /** Whether the last picture has one colour only. */
  public boolean isPlain() {
    return plain;
  }

  public Counters counters() {
    return new Counters(grabbed.get(), encoded.get(), unchanged.get(), dropped.get());
  }
}
