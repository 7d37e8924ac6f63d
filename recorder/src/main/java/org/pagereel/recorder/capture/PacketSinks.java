package org.pagereel.recorder.capture;

import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import org.pagereel.recorder.av.Packet;
import org.pagereel.recorder.av.PacketSink;
import org.pagereel.recorder.av.StreamFormat;

/**
 * Several sinks as one: each is given everything, in this order.
 *
 * @param seen the number of pictures that all of them have taken
 * @param heard the same of packets of sound
 */
record PacketSinks(List<PacketSink> all, AtomicLong seen, AtomicLong heard) implements PacketSink {
  PacketSinks(List<PacketSink> all) {
    this(all, new AtomicLong(), new AtomicLong());
  }

  @Override
  public void begin(StreamFormat picture, StreamFormat sound) {
    each(sink -> sink.begin(picture, sound));
  }

  @Override
  public void cut(long mediaMicros, long epochMicros) {
    each(sink -> sink.cut(mediaMicros, epochMicros));
  }

  @Override
  public void picture(Packet packet) {
    each(sink -> sink.picture(packet));
    seen.incrementAndGet();
  }

  @Override
  public void sound(Packet packet) {
    each(sink -> sink.sound(packet));
    heard.incrementAndGet();
  }

  @Override
  public void picturesEndAt(long mediaMicros) {
    each(sink -> sink.picturesEndAt(mediaMicros));
  }

  @Override
  public void soundEndsAt(long mediaMicros) {
    each(sink -> sink.soundEndsAt(mediaMicros));
  }

  @Override
  public void finish(long mediaMicros) {
    eachWhateverFails(sink -> sink.finish(mediaMicros));
  }

  @Override
  public void close() {
    eachWhateverFails(PacketSink::close);
  }

  private void each(Consumer<PacketSink> order) {
    all.forEach(order);
  }

  /** What one sink cannot do must not be done to the others; the first failure is thrown. */
  private void eachWhateverFails(Consumer<PacketSink> order) {
    RuntimeException failure = null;
    for (PacketSink sink : all) {
      try {
        order.accept(sink);
      } catch (RuntimeException e) {
        if (failure == null) {
          failure = e;
        } else {
          failure.addSuppressed(e);
        }
      }
    }
    if (failure != null) {
      throw failure;
    }
  }
}
