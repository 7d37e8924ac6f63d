package org.pagereel.recorder.av;

import static org.bytedeco.ffmpeg.global.avcodec.AV_PKT_FLAG_CORRUPT;
import static org.bytedeco.ffmpeg.global.avcodec.AV_PKT_FLAG_KEY;
import static org.bytedeco.ffmpeg.global.avcodec.av_new_packet;
import static org.bytedeco.ffmpeg.global.avcodec.av_packet_alloc;
import static org.bytedeco.ffmpeg.global.avcodec.av_packet_free;
import static org.bytedeco.ffmpeg.global.avcodec.av_packet_move_ref;
import static org.bytedeco.ffmpeg.global.avcodec.av_packet_ref;
import static org.bytedeco.ffmpeg.global.avcodec.av_packet_unref;
import static org.bytedeco.ffmpeg.global.avutil.AV_NOPTS_VALUE;

import org.bytedeco.ffmpeg.avcodec.AVPacket;

/**
 * An encoded picture, or some encoded sound. Its times are in units of the stream that it is from.
 * Whoever lends a packet uses it again for the next one; {@link #copy} is for keeps.
 */
public final class Packet implements AutoCloseable {
  /** No time: the file does not say. */
  public static final long UNKNOWN = AV_NOPTS_VALUE;

  private static final String STEP = "Keeping a packet";

  private final AVPacket packet = Av.present(av_packet_alloc(), STEP);

  /** An empty one. */
  public Packet() {}

  AVPacket raw() {
    return packet;
  }

  /** Time of presentation. */
  public long pts() {
    return packet.pts();
  }

  /** Time of decoding. */
  public long dts() {
    return packet.dts();
  }

  public long duration() {
    return packet.duration();
  }

  /** Gives it other times. */
  public void place(long pts, long dts) {
    packet.pts(pts);
    packet.dts(dts);
  }

  /** Gives it another duration; 0 for until the next one. */
  public void lasting(long duration) {
    packet.duration(duration);
  }

  public boolean isKeyframe() {
    return (packet.flags() & AV_PKT_FLAG_KEY) != 0;
  }

  /** Something of it is known to be missing. */
  public boolean isDamaged() {
    return (packet.flags() & AV_PKT_FLAG_CORRUPT) != 0;
  }

  /** Number of the stream that it is from, in its file. */
  public int stream() {
    return packet.stream_index();
  }

  public byte[] data() {
    byte[] data = new byte[packet.size()];
    packet.data().get(data);
    return data;
  }

  /** Another one with the same content, which the caller closes. */
  public Packet copy() {
    Packet copy = new Packet();
    copy.share(this);
    return copy;
  }

  /** Takes the content of the other one, which is empty then. */
  public void take(Packet other) {
    clear();
    av_packet_move_ref(packet, other.packet);
  }

  /** Has the same content as the other one; none of both changes it. */
  void share(Packet other) {
    clear();
    Av.check(av_packet_ref(packet, other.packet), STEP);
  }

  /** Has this content. */
  void fill(byte[] data, boolean keyframe) {
    clear();
    Av.check(av_new_packet(packet, data.length), STEP);
    packet.data().put(data, 0, data.length);
    packet.flags(keyframe ? AV_PKT_FLAG_KEY : 0);
  }

  void clear() {
    av_packet_unref(packet);
  }

  @Override
  public void close() {
    av_packet_free(packet);
  }
}
