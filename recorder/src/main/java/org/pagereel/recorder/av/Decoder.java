package org.pagereel.recorder.av;

import static org.bytedeco.ffmpeg.global.avcodec.avcodec_alloc_context3;
import static org.bytedeco.ffmpeg.global.avcodec.avcodec_find_decoder;
import static org.bytedeco.ffmpeg.global.avcodec.avcodec_free_context;
import static org.bytedeco.ffmpeg.global.avcodec.avcodec_open2;
import static org.bytedeco.ffmpeg.global.avcodec.avcodec_parameters_to_context;
import static org.bytedeco.ffmpeg.global.avcodec.avcodec_receive_frame;
import static org.bytedeco.ffmpeg.global.avcodec.avcodec_send_packet;
import static org.bytedeco.ffmpeg.global.avutil.AVERROR_EAGAIN;
import static org.bytedeco.ffmpeg.global.avutil.AVERROR_EOF;

import org.bytedeco.ffmpeg.avcodec.AVCodecContext;
import org.bytedeco.ffmpeg.avformat.AVStream;
import org.bytedeco.ffmpeg.avutil.AVDictionary;

/** Pictures or sound of a track, one by one; what cannot be decoded is passed over. */
public final class Decoder implements AutoCloseable {
  /** The number of errors in a row that means that the file has ended. */
  private static final int MAX_ERRORS_AT_END = 100;

  private final Track track;
  private final TimeBase timeBase;
  private final AVCodecContext context;
  private boolean ending;
  private int errorsAtEnd;

  /**
   * Opens it.
   *
   * @throws IllegalArgumentException the file has no such track
   * @throws org.pagereel.recorder.RecordingFailure its codec is unknown
   */
  public Decoder(Track track, int threads) {
    this.track = track;
    String step = "Decoding " + track.file().getFileName();
    AVStream stream = track.raw();
    if (stream == null) {
      throw new IllegalArgumentException(track.file() + " has no such track");
    }
    timeBase = TimeBase.of(stream.time_base());
    var codec = Av.present(avcodec_find_decoder(stream.codecpar().codec_id()), step);
    context = Av.present(avcodec_alloc_context3(codec), step);
    try {
      Av.check(avcodec_parameters_to_context(context, stream.codecpar()), step);
      context.pkt_timebase(stream.time_base());
      context.thread_count(threads);
      context.max_pixels(Av.MAX_PIXELS); // a stream may become larger than its file said
      Av.check(avcodec_open2(context, codec, (AVDictionary) null), step);
    } catch (RuntimeException e) {
      avcodec_free_context(context);
      throw e;
    }
  }

  /** Fills the frame with the next picture or piece of sound; false at the end. */
  public boolean next(Frame frame) {
    while (true) {
      int result = avcodec_receive_frame(context, frame.raw());
      if (result >= 0) {
        return true;
      }
      if (result == AVERROR_EOF() || (ending && ++errorsAtEnd > MAX_ERRORS_AT_END)) {
        return false;
      }
      if (!ending || result == AVERROR_EAGAIN()) {
        Packet packet = ending ? null : track.next();
        ending = packet == null;
        // A broken packet costs what it held; decoders go on behind it.
        var _ = avcodec_send_packet(context, packet == null ? null : packet.raw());
      }
    }
  }

  /** The frame's time of presentation, in microseconds of the file, or {@link Packet#UNKNOWN}. */
  public long micros(Frame frame) {
    return timeBase.micros(frame.raw().best_effort_timestamp());
  }

  /** How long it is shown or heard, in microseconds; 0 if the file does not say. */
  public long lengthMicros(Frame frame) {
    long duration = frame.raw().duration();
    return duration <= 0 ? 0 : timeBase.micros(duration);
  }

  @Override
  public void close() {
    avcodec_free_context(context);
  }
}
