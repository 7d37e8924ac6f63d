package org.pagereel.recorder.capture;

import java.nio.file.Path;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.pagereel.recorder.av.MuxedStream;
import org.pagereel.recorder.av.Muxer;
import org.pagereel.recorder.av.OutputFile;
import org.pagereel.recorder.av.Packet;
import org.pagereel.recorder.av.PacketSink;
import org.pagereel.recorder.av.SoundEncoder;
import org.pagereel.recorder.av.StreamFormat;
import org.pagereel.recorder.av.TimeBase;

/** Everything in one file of Flash Video: the container of RTMP. */
final class FlvSink implements PacketSink {
  private final Muxer muxer = new Muxer("flv");
  private final OutputFile file;
  private @Nullable MuxedStream pictures;
  private @Nullable MuxedStream sounds;

  FlvSink(Path target) {
    file = new OutputFile(target);
  }

  @Override
  public synchronized void begin(StreamFormat pictureFormat, StreamFormat soundFormat) {
    pictures = muxer.add(pictureFormat, TimeBase.MICROS);
    sounds = muxer.add(soundFormat, SoundEncoder.TIME_BASE);
    muxer.into(file);
    muxer.begin(Map.of());
  }

  @Override
  public void cut(long mediaMicros, long epochMicros) {}

  @Override
  public synchronized void picture(Packet packet) {
    Objects.requireNonNull(pictures).interleave(packet, 0);
  }

  @Override
  public synchronized void sound(Packet packet) {
    Objects.requireNonNull(sounds).interleave(packet, 0);
  }

  @Override
  public void picturesEndAt(long mediaMicros) {}

  @Override
  public void soundEndsAt(long mediaMicros) {}

  @Override
  public synchronized void finish(long mediaMicros) {
    muxer.end();
    file.finish();
  }

  @Override
  public synchronized void close() {
    file.close();
    muxer.close();
  }
}
