package org.pagereel.recorder.capture;

import java.util.List;
import java.util.function.Consumer;
import org.pagereel.recorder.av.Packet;
import org.pagereel.recorder.av.PacketSink;
import org.pagereel.recorder.av.StreamFormat;

/** Several sinks as one: each is given everything, in this order. */
record PacketSinks(List<PacketSink> all) implements PacketSink {
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
  }

  @Override
  public void sound(Packet packet) {
    each(sink -> sink.sound(packet));
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
    each(sink -> sink.finish(mediaMicros));
  }

  @Override
  public void close() {
    each(PacketSink::close);
  }

  private void each(Consumer<PacketSink> order) {
    all.forEach(order);
  }
}
