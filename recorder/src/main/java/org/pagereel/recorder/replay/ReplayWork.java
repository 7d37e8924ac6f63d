package org.pagereel.recorder.replay;

import java.util.HashMap;
import java.util.Map;
import org.pagereel.recorder.mix.MixListener;

/** The progress of the work, weighted by the cost of each part. */
final class ReplayWork {
  static final String FILES = "files";
  private static final String VIDEOS = "videos";

  private final ReplayListener listener;
  private final Map<String, Double> worth = new HashMap<>();
  private final Map<String, Double> done = new HashMap<>();
  private double told;

  ReplayWork(ReplayListener listener) {
    this.listener = listener;
    expect(FILES, 1);
    expect(VIDEOS, 30); // until it is known what they are made of
  }

  /** It is known of what parts the videos are made, which are expected next. */
  synchronized void planned() {
    worth.remove(VIDEOS);
  }

  /** A part will be done that is worth so much; the unit is arbitrary. */
  synchronized void expect(String part, double value) {
    worth.put(part, value);
  }

  /** So much of a part is done, 0 to 1. */
  synchronized void progress(String part, double fraction) {
    done.merge(part, Math.clamp(fraction, 0, 1), Math::max);
    double all = worth.values().stream().mapToDouble(Double::doubleValue).sum();
    double sum = 0;
    for (Map.Entry<String, Double> each : worth.entrySet()) {
      sum += each.getValue() * done.getOrDefault(each.getKey(), 0.0);
    }
    double now = all == 0 ? 0 : sum / all;
    told = Math.max(told, now);
    listener.progress(told);
  }

  /** It goes on, though nothing is done yet. */
  synchronized void alive() {
    listener.progress(told);
  }

  /** For a mix. */
  MixListener mixing(String part) {
    return new MixListener() {
      @Override
      public void progress(double fraction) {
        ReplayWork.this.progress(part, fraction);
      }

      @Override
      public boolean cancelled() {
        return Thread.currentThread().isInterrupted();
      }
    };
  }
}
