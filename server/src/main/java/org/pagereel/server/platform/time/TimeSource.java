package org.pagereel.server.platform.time;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;

/** The two times of a server. Whoever measures with the wrong one stops recordings in summer. */
public interface TimeSource {
  /** The machine's clock, which may be set at any moment: for people, signatures and the store. */
  Instant wall();

  /**
   * A clock that nobody sets: for deadlines, silence and every other duration. It begins as the
   * machine's clock stood when it was made, so it means nothing to another process.
   */
  Instant steady();

  /** The same, with another time of day. */
  default TimeSource telling(InstantSource wall) {
    TimeSource own = this;
    return new TimeSource() {
      @Override
      public Instant wall() {
        return wall.instant();
      }

      @Override
      public Instant steady() {
        return own.steady();
      }
    };
  }

  /** The machine's own. */
  static TimeSource system() {
    Instant began = Instant.now();
    long zero = System.nanoTime();
    return new TimeSource() {
      @Override
      public Instant wall() {
        return Instant.now();
      }

      @Override
      public Instant steady() {
        return began.plus(Duration.ofNanos(System.nanoTime() - zero));
      }
    };
  }
}
