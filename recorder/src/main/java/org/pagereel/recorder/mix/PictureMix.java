package org.pagereel.recorder.mix;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.List;
import org.pagereel.recorder.av.Colour;
import org.pagereel.recorder.av.Yuv;

/** All pictures in their cells, tick by tick. */
final class PictureMix implements AutoCloseable {
  private final MixPlan plan;
  private final Missing missing;
  private final Yuv canvas;
  private final Colour background;
  private final Deque<MixInput> waiting;

  /** From the lowest to the topmost. */
  private final List<Shown> shown = new ArrayList<>();

  private boolean whole = true;

  /** An input while its time is. */
  private record Shown(MixInput input, Cell cell, int order, PictureSource source) {}

  /** Draws into the canvas. */
  PictureMix(MixPlan plan, Yuv canvas, Missing missing) {
    this.plan = plan;
    this.canvas = canvas;
    this.missing = missing;
    background = Colour.of(plan.background());
    waiting =
        new ArrayDeque<>(
            plan.inputs().stream()
                .filter(input -> input.cell() != null)
                .sorted(Comparator.comparing(MixInput::from))
                .toList());
  }

  /** Makes the canvas show this tick; false when it already does. */
  boolean draw(long tick) {
    closeEnded(tick);
    openBegun(tick);
    // The nearest picture, not the last: seldom more than half a tick early or late.
    long until = Math.round((tick + 0.5) * 1e6 / plan.fps()) - 1;
    List<Shown> drawn = new ArrayList<>();
    boolean all = whole;
    whole = false;
    if (all) {
      canvas.fill(0, 0, canvas.y().width(), canvas.y().height(), background);
    }
    for (Shown each : shown) {
      boolean changed = each.source.advance(until);
      if (all || changed || drawn.stream().anyMatch(below -> overlap(below.cell, each.cell))) {
        each.source.draw(canvas);
        drawn.add(each);
      }
    }
    return all || !drawn.isEmpty();
  }

  private void closeEnded(long tick) {
    shown.removeIf(each -> {
      boolean ended = tick(each.input.to().toNanos()) <= tick;
      if (ended) {
        whole |= each.source.isShown();
        each.source.close();
      }
      return ended;
    });
  }

  private void openBegun(long tick) {
    while (!waiting.isEmpty() && tick(waiting.peek().from().toNanos()) <= tick) {
      MixInput input = waiting.remove();
      Cell cell = input.cell();
      if (cell != null && tick(input.to().toNanos()) > tick && isOnCanvas(cell)) {
        PictureSource source = new PictureSource(input, cell, 1, missing);
        shown.add(new Shown(input, cell, plan.inputs().indexOf(input), source));
        shown.sort(
            Comparator.comparingInt((Shown each) -> each.cell.zOrder())
                .thenComparingInt(Shown::order));
      }
    }
  }

  private long tick(long nanos) {
    return Times.nearest(nanos / 1000, plan.fps());
  }

  private boolean isOnCanvas(Cell cell) {
    return cell.width() > 0
        && cell.height() > 0
        && cell.x() < canvas.y().width()
        && cell.y() < canvas.y().height()
        && cell.x() + cell.width() > 0
        && cell.y() + cell.height() > 0;
  }

  /** Also cells that merely share colour samples, which are two pixels wide and high. */
  private static boolean overlap(Cell one, Cell other) {
    return one.x() >> 1 < Yuv.half(other.x() + other.width())
        && other.x() >> 1 < Yuv.half(one.x() + one.width())
        && one.y() >> 1 < Yuv.half(other.y() + other.height())
        && other.y() >> 1 < Yuv.half(one.y() + one.height());
  }

  @Override
  public void close() {
    shown.forEach(each -> each.source.close());
    shown.clear();
  }
}
