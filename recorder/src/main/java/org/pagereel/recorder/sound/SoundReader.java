package org.pagereel.recorder.sound;

import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
import org.pagereel.recorder.sound.PageSound.Fragment;

/**
 * Takes the sound from the source and does nothing else, so that the page never waits for an
 * encoder or a disk. It goes on until it is closed, also when nothing is recorded: where nobody
 * takes the sound, the page's sound and videos stand still.
 */
public final class SoundReader implements Runnable, SoundTrack.Input {
  /** About a minute. What an encoder does not take in that time is lost. */
  private static final int MAX_WAITING = 6_000;

  private static final long LOOK_MILLIS = 100;

  private final PageSound source;
  private final BlockingQueue<Fragment> fragments = new LinkedBlockingQueue<>(MAX_WAITING);
  private final AtomicLong played = new AtomicLong();
  private volatile boolean closed;
  private volatile boolean over;

  public SoundReader(PageSound source) {
    this.source = source;
  }

  @Override
  public void run() {
    try {
      while (!closed) {
        Fragment fragment = source.read();
        played.addAndGet(fragment.isLost() ? 0 : 1);
        fragments.offer(fragment);
      }
    } finally {
      over = true;
    }
  }

  /** The number of fragments that the source gave; lost ones do not count. Of any thread. */
  public long played() {
    return played.get();
  }

  /** Lets {@link #run} end within a second or so. */
  public void close() {
    closed = true;
  }

  @Override
  public Optional<Fragment> next() {
    try {
      boolean isLast;
      @Nullable Fragment next;
      do {
        isLast = over; // read first: the last fragments may come between the two
        next = fragments.poll(LOOK_MILLIS, TimeUnit.MILLISECONDS);
      } while (next == null && !isLast);
      return Optional.ofNullable(next);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return Optional.empty();
    }
  }
}
