package org.pagereel.recorder.sound;

import java.util.ArrayList;
import java.util.List;
import org.pagereel.recorder.av.Packet;
import org.pagereel.recorder.av.PacketSink;
import org.pagereel.recorder.av.StreamFormat;

/** Counts what it is given. */
final class CountingSink implements PacketSink {
  int pictures;
  int sounds;
  final List<Long> soundEnds = new ArrayList<>();

  @Override
  public void begin(StreamFormat picture, StreamFormat sound) {}

  @Override
  public void cut(long mediaMicros, long epochMicros) {}

  @Override
  public void picture(Packet packet) {
    pictures++;
  }

  @Override
  public void sound(Packet packet) {
    sounds++;
  }

  @Override
  public void picturesEndAt(long mediaMicros) {}

  @Override
  public void soundEndsAt(long mediaMicros) {
    soundEnds.add(mediaMicros);
  }

  @Override
  public void finish(long mediaMicros) {}

  @Override
  public void close() {}
}
