package org.pagereel.recorder.av;

import static org.bytedeco.ffmpeg.global.avcodec.avcodec_receive_packet;
import static org.bytedeco.ffmpeg.global.avutil.AVERROR_EAGAIN;
import static org.bytedeco.ffmpeg.global.avutil.AVERROR_EOF;

import java.util.function.Consumer;
import org.bytedeco.ffmpeg.avcodec.AVCodecContext;

/** Takes the packets that an encoder has ready. */
final class Packets {
  private Packets() {}

  /** Lends every packet that is ready to the sink, in one and the same packet. */
  static void receive(AVCodecContext encoder, Packet packet, String step, Consumer<Packet> sink) {
    while (true) {
      int result = avcodec_receive_packet(encoder, packet.raw());
      if (result == AVERROR_EAGAIN() || result == AVERROR_EOF()) {
        return;
      }
      Av.check(result, step);
      sink.accept(packet);
      packet.clear();
    }
  }
}
