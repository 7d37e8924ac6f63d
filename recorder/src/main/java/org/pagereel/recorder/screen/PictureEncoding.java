package org.pagereel.recorder.screen;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.pagereel.recorder.RecordingRequest;
import org.pagereel.recorder.av.Area;
import org.pagereel.recorder.av.LosslessCopy;
import org.pagereel.recorder.av.Packet;
import org.pagereel.recorder.av.PacketSink;
import org.pagereel.recorder.av.PictureConverter;
import org.pagereel.recorder.av.ScreenPicture;
import org.pagereel.recorder.av.VideoEncoder;
import org.pagereel.recorder.screen.Shot.Role;
import org.pagereel.recorder.timeline.WallClock;

/** Encodes shots: compares, converts what changed, encodes. Runs on its own thread. */
public final class PictureEncoding implements Runnable {
  /** Stands for a picture that only pushes others out of the encoder. */
  private static final long FILLER = -1;

  private final BlockingQueue<Shot> shots;
  private final VideoEncoder encoder;
  private final PacketSink sink;
  private final Tally tally;
  private final Consumer<Throwable> failed;
  private final FrameGrid grid;
  private final WallClock clock;
  private final PictureConverter converter = new PictureConverter();

  /** The frames inside the encoder, oldest first: without B-frames they come out in order. */
  private final Deque<Long> inside = new ArrayDeque<>();

  private final @Nullable LosslessCopy lossless;
  private @Nullable ScreenPicture last;
  private long fed;
  private boolean spanEnded;

  /** Right after an order the first paint may fall into the order's own frame: nothing is lost. */
  private long paintedInSpan;

  public PictureEncoding(
      BlockingQueue<Shot> shots,
      VideoEncoder encoder,
      PacketSink sink,
      Tally tally,
      RecordingRequest request,
      Consumer<Throwable> failed) {
    this.shots = shots;
    this.encoder = encoder;
    this.sink = sink;
    this.tally = tally;
    this.failed = failed;
    this.grid = new FrameGrid(request.picture().fps());
    this.clock = WallClock.of(request.attempt());
    this.lossless =
        request.picture().losslessCopy()
            ? new LosslessCopy(
                request.folder().resolve("lossless.mkv"),
                request.page().size(),
                request.picture().fps())
            : null;
  }

  @Override
  public void run() {
    try {
      encodeUntilEnd();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } finally {
      converter.close();
      if (lossless != null) {
        lossless.close();
      }
      if (last != null) {
        last.close();
      }
    }
  }

  private void encodeUntilEnd() throws InterruptedException {
    boolean going = true;
    while (going) {
      Shot shot = shots.take();
      try {
        going = handle(shot);
      } catch (RuntimeException | Error e) {
        failed.accept(e); // first, for the end of the shots comes only when this is known
        discardUntilEnd(shot); // the grabber must not wait for us for ever
        return;
      }
    }
  }

  private void discardUntilEnd(Shot failed) throws InterruptedException {
    for (Shot shot = failed; !(shot instanceof Shot.End); shot = shots.take()) {
      if (shot instanceof Shot.Fresh fresh && fresh.picture() != last) {
        fresh.picture().close();
      }
    }
  }

  private boolean handle(Shot shot) {
    switch (shot) {
      case Shot.Fresh fresh -> fresh(fresh);
      case Shot.Again again -> again(again);
      case Shot.SpanEnd end -> endSpan(end.media());
      case Shot.End end -> {
        end(end.media());
        return false;
      }
    }
    return true;
  }

  private void fresh(Shot.Fresh shot) {
    ScreenPicture picture = shot.picture();
    Area whole = Area.of(0, 0, picture.size().width(), picture.size().height());
    List<Area> changed =
        last == null
            ? List.of(whole)
            : ChangedAreas.between(last, picture, shot.painted().within(whole));
    for (Area area : changed) {
      converter.convert(picture, area, encoder.picture());
    }
    if (last != null) {
      last.close();
    }
    last = picture;
    if (changed.isEmpty()) {
      tally.unchanged.incrementAndGet();
    } else {
      tally.changed.incrementAndGet();
      tally.plain = picture.isPlain();
    }
    if (!changed.isEmpty() || shot.role() != Role.PLAIN) {
      encode(frameOf(shot), shot.at(), shot.role());
    }
  }

  private long frameOf(Shot.Fresh shot) {
    return switch (shot.role()) {
      case SPAN_AT_PAINT -> grid.begin(shot.media(), true);
      case SPAN_AT_ORDER -> grid.begin(shot.media(), false);
      case SLICE -> grid.nextFrameFor(shot.media());
      case PLAIN -> {
        long frame = grid.frameFor(shot.media());
        // The page paints faster than is recorded: the next picture shows this one too.
        tally.dropped.addAndGet(frame < 0 && paintedInSpan > 0 ? 1 : 0);
        paintedInSpan++;
        yield frame;
      }
    };
  }

  private void again(Shot.Again shot) {
    boolean cuts = shot.role() == Role.SLICE;
    long frame = cuts ? grid.nextFrameFor(shot.media()) : grid.repeatFor(shot.media());
    encode(frame, shot.at(), shot.role());
  }

  private void encode(long frame, long at, Role role) {
    if (frame < 0) {
      return;
    }
    boolean key = role != Role.PLAIN;
    if (key) {
      sink.cut(grid.mediaMicros(frame), clock.epochMicros(at));
      paintedInSpan = role == Role.SLICE ? paintedInSpan : 0;
      spanEnded = false;
    }
    tally.encoded.incrementAndGet();
    feed(frame, key);
  }

  /** Pushes all pictures out by repeating the last; the repeats themselves are thrown away. */
  private void endSpan(long media) {
    if (grid.isEmpty() || spanEnded) {
      return;
    }
    spanEnded = true;
    for (int i = 0; i < VideoEncoder.DELAY_FRAMES; i++) {
      feed(FILLER, false);
    }
    sink.picturesEndAt(media);
  }

  private void end(long media) {
    if (!grid.isEmpty() && !spanEnded) {
      // So that the last picture stands until the very end.
      long frame = grid.lastFrameBefore(media);
      if (frame >= 0) {
        feed(frame, false);
      }
    }
    encoder.drain(this::write);
  }

  private void feed(long frame, boolean key) {
    inside.add(frame);
    if (lossless != null && frame != FILLER) {
      lossless.add(encoder, frame);
    }
    // The encoder counts every picture; rate control wants true distances, fillers must fit too.
    fed = frame == FILLER ? fed + 1 : Math.max(fed + 1, frame);
    encoder.encode(fed, key, this::write);
  }

  private void write(Packet packet) {
    long frame = inside.remove();
    if (frame != FILLER) {
      long micros = grid.mediaMicros(frame);
      packet.place(micros, micros);
      packet.lasting(0);
      sink.picture(packet);
    }
  }
}
