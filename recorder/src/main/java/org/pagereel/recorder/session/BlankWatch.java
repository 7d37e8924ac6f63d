package org.pagereel.recorder.session;

import java.time.Duration;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;

/** Says when the recorded picture is blank for long although the page should show something. */
final class BlankWatch {
  private static final Duration LONG = Duration.ofSeconds(20);
  private static final int MAX_WARNINGS = 3;

  private final BooleanSupplier plain;
  private final BooleanSupplier shouldShow;
  private final Consumer<String> warn;
  private boolean wasPlain;
  private boolean said;
  private int warned;
  private long due;

  /**
   * Looks from now on.
   *
   * @param plain whether something is recorded, and it has one colour
   * @param shouldShow asked then, and not often: whether the page should show something
   */
  BlankWatch(BooleanSupplier plain, BooleanSupplier shouldShow, Consumer<String> warn) {
    this.plain = plain;
    this.shouldShow = shouldShow;
    this.warn = warn;
  }

  void tick(long nanoTime) {
    boolean isPlain = plain.getAsBoolean();
    if (!isPlain || !wasPlain) {
      wasPlain = isPlain;
      said = false;
      due = nanoTime + LONG.toNanos();
    } else if (!said && nanoTime - due >= 0 && warned < MAX_WARNINGS) {
      due = nanoTime + LONG.toNanos();
      if (shouldShow.getAsBoolean()) {
        said = true;
        warned++;
        warn.accept(
            "the picture has one colour for %d s now, although the page has content or its script failed"
                .formatted(LONG.toSeconds()));
      }
    }
  }
}
