package org.pagereel.recorder.av;

import java.nio.file.Path;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Packets that were encoded elsewhere (H.264 as Annex B, Opus at 48 kHz) into a Matroska file that
 * can be read up to its last cluster, however it ends. One thread.
 */
public final class PacketFile implements AutoCloseable {
  /** A recorder that is killed loses this much at the most, beside what was on its way. */
  private static final String CLUSTER_MILLIS = "300";

  private final Muxer muxer = new Muxer("matroska");
  private final OutputFile out;
  private final Packet packet = new Packet();
  private final @Nullable MuxedStream video;
  private final @Nullable MuxedStream sound;
  private long lastVideo = -1000;
  private long lastSound = -1000;

  /**
   * What the pictures are.
   *
   * @param parameterSets SPS and PPS with their start codes
   */
  @SuppressWarnings("ArrayRecordComponent") // never compared
  public record Pictures(int width, int height, byte[] parameterSets) {
    private StreamFormat format() {
      return StreamFormat.h264(width, height, parameterSets);
    }
  }

  /**
   * Begins the file.
   *
   * @param pictures null for sound only
   * @param channels of the sound; 0 for pictures only
   */
  public PacketFile(Path target, @Nullable Pictures pictures, int channels) {
    video = pictures == null ? null : muxer.add(pictures.format());
    sound = channels == 0 ? null : muxer.add(StreamFormat.opus(channels));
    out = new OutputFile(target);
    muxer.into(out);
    muxer.begin(Map.of("cluster_time_limit", CLUSTER_MILLIS, "flush_packets", "1"));
  }

  /** Adds a picture. */
  public void video(byte[] data, boolean key, long ptsMicros) {
    video(data, key, ptsMicros, 0);
  }

  /**
   * Adds a picture of a known duration.
   *
   * @param durationMicros 0 for up to the next picture; the last one's makes the file's length
   */
  public void video(byte[] data, boolean key, long ptsMicros, long durationMicros) {
    if (video != null) {
      lastVideo = write(video, data, key, Math.max(ptsMicros, lastVideo + 1000), durationMicros);
    }
  }

  /** Adds some milliseconds of sound. */
  public void sound(byte[] data, long ptsMicros, long durationMicros) {
    if (sound != null) {
      lastSound = write(sound, data, true, Math.max(ptsMicros, lastSound + 1000), durationMicros);
    }
  }

  public boolean hasVideo() {
    return video != null;
  }

  public boolean hasSound() {
    return sound != null;
  }

  private long write(MuxedStream stream, byte[] data, boolean key, long pts, long duration) {
    packet.fill(data, key);
    packet.place(pts, pts);
    packet.lasting(duration);
    // Not interleaved: a stream that falls silent must not keep the other one in memory.
    stream.write(packet, 0);
    return pts;
  }

  @Override
  public void close() {
    try {
      muxer.end();
      out.finish();
    } finally {
      packet.close();
      out.close();
      muxer.close();
    }
  }
}
