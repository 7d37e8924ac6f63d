package org.pagereel.recorder.media;

import static org.bytedeco.ffmpeg.global.avcodec.AV_PKT_FLAG_KEY;
import static org.bytedeco.ffmpeg.global.avcodec.av_packet_clone;
import static org.bytedeco.ffmpeg.global.avcodec.av_packet_free;
import static org.bytedeco.ffmpeg.global.avcodec.av_packet_rescale_ts;
import static org.bytedeco.ffmpeg.global.avcodec.avcodec_parameters_from_context;
import static org.bytedeco.ffmpeg.global.avformat.av_write_frame;
import static org.bytedeco.ffmpeg.global.avformat.avformat_alloc_output_context2;
import static org.bytedeco.ffmpeg.global.avformat.avformat_free_context;
import static org.bytedeco.ffmpeg.global.avformat.avformat_new_stream;
import static org.bytedeco.ffmpeg.global.avformat.avformat_write_header;
import static org.bytedeco.ffmpeg.global.avutil.av_opt_set;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Locale;
import java.util.Map;
import org.bytedeco.ffmpeg.avcodec.AVCodecContext;
import org.bytedeco.ffmpeg.avcodec.AVPacket;
import org.bytedeco.ffmpeg.avformat.AVFormatContext;
import org.bytedeco.ffmpeg.avformat.AVStream;
import org.bytedeco.ffmpeg.avutil.AVRational;
import org.jspecify.annotations.Nullable;

/**
 * Writes packets as MPEG-TS slices. A slice begins with the keyframe of a planned cut; sound that
 * belongs behind the cut waits for it. Every packet is handed to the system at once, so a kill
 * loses no more than what is still in the encoders. Thread-safe: picture and sound arrive apart.
 */
final class SliceWriter implements SoundTrack.Output, AutoCloseable {
  /** Media time 0 in the stream's time stamps: sound begins a little before it (AAC priming). */
  static final long BASE_MICROS = 1_000_000;

  /** Told of what reached the disk; must return quickly. */
  interface Listener {
    /** The first packet of a recorded span, whose frame was painted at this wall time. */
    void spanBegun(long epochMicros);

    void sliceFinished(SliceFile file, long endMicros);
  }

  private record Cut(long mediaMicros, long epochMicros) {}

  private static final AVRational MICROS = new AVRational().num(1).den(1_000_000);

  private final AVFormatContext muxer = new AVFormatContext(null);
  private final Path folder;
  private final int attempt;
  private final long baseMicros;
  private final Listener listener;
  private final AVStream video;
  private final AVStream sound;
  private final Deque<Cut> cuts = new ArrayDeque<>();
  private final Deque<AVPacket> waitingSound = new ArrayDeque<>();
  private @Nullable SliceFile current;
  private int slices;
  private boolean headerWritten;
  private long endMicros = Long.MAX_VALUE;
  private long soundEndMicros;
  private long finishedBytes;

  SliceWriter(
      Path folder,
      int attempt,
      Duration mediaStart,
      AVCodecContext videoCodec,
      AVCodecContext soundCodec,
      Listener listener) {
    this.folder = folder;
    this.attempt = attempt;
    this.baseMicros = BASE_MICROS + mediaStart.toNanos() / 1000;
    this.listener = listener;
    Av.check(
        avformat_alloc_output_context2(muxer, null, "mpegts", (String) null),
        "Preparing the slices");
    video = stream(videoCodec);
    sound = stream(soundCodec);
  }

  /** The picture fed next is a keyframe: the next slice begins there. */
  synchronized void planCut(long mediaMicros, long epochMicros) {
    cuts.add(new Cut(mediaMicros, epochMicros));
  }

  /** Takes a packet in microseconds of media time. */
  synchronized void video(AVPacket packet) {
    Cut cut = cuts.peek();
    boolean cutsHere =
        cut != null && (packet.flags() & AV_PKT_FLAG_KEY) != 0 && packet.pts() >= cut.mediaMicros;
    boolean beginsSpan = current == null || endMicros != Long.MAX_VALUE;
    if (cutsHere) {
      cuts.remove();
      finish(cut.mediaMicros);
      open(cut);
    }
    write(packet, video, MICROS);
    if (cutsHere) {
      writeWaitingSound();
      if (beginsSpan) {
        listener.spanBegun(cut.epochMicros);
      }
    }
  }

  @Override
  public synchronized void sound(AVPacket packet) {
    if (belongsLater(packet)) {
      waitingSound.add(Av.present(av_packet_clone(packet), "Writing sound"));
    } else {
      write(packet, sound, SoundEncoder.TIME_BASE);
    }
  }

  /** All pictures before this moment are written; the slice ends when the sound is there too. */
  synchronized void picturesEndAt(long mediaMicros) {
    endMicros = mediaMicros;
    finishWhenComplete();
  }

  @Override
  public synchronized void soundEndsAt(long mediaMicros) {
    soundEndMicros = mediaMicros;
    finishWhenComplete();
  }

  private void finishWhenComplete() {
    if (soundEndMicros >= endMicros) {
      finish(endMicros);
    }
  }

  /** Finishes the last slice. */
  synchronized void finish(long mediaMicros) {
    endMicros = Long.MAX_VALUE;
    SliceFile file = current;
    if (file == null) {
      return;
    }
    // Null flushes the muxer's own buffer: the last sound packets.
    Av.check(av_write_frame(muxer, null), "Writing the slice " + file.name);
    finishedBytes += file.bytes();
    file.close();
    current = null;
    // The first picture was moved onto the grid, behind the end of a span shorter than that.
    listener.sliceFinished(file, Math.max(mediaMicros, file.startMicros + 1));
  }

  /** Size of all slices so far. */
  synchronized long bytes() {
    return finishedBytes + (current == null ? 0 : current.bytes());
  }

  @Override
  public synchronized void close() {
    waitingSound.forEach(packet -> av_packet_free(packet));
    waitingSound.clear();
    muxer.pb(null);
    avformat_free_context(muxer);
  }

  private AVStream stream(AVCodecContext codec) {
    AVStream stream = Av.present(avformat_new_stream(muxer, null), "Preparing the slices");
    Av.check(avcodec_parameters_from_context(stream.codecpar(), codec), "Preparing the slices");
    return stream;
  }

  private void open(Cut cut) {
    String name = String.format(Locale.ROOT, "page-%d-%05d.ts", attempt, slices);
    current = new SliceFile(folder, name, slices, cut.mediaMicros, cut.epochMicros);
    slices++;
    muxer.pb(current.out());
    if (!headerWritten) {
      // copyts: our own base, so that every slice of the attempt continues the last.
      var options = Av.options(Map.of("mpegts_copyts", "1", "pes_payload_size", "0"));
      Av.check(avformat_write_header(muxer, options), "Writing the slice " + name);
      headerWritten = true;
    } else {
      Av.check(av_opt_set(muxer.priv_data(), "mpegts_flags", "+resend_headers", 0), "New slice");
    }
  }

  private boolean belongsLater(AVPacket packet) {
    if (current == null) {
      return true;
    }
    Cut cut = cuts.peek();
    long micros = packet.pts() * 1_000_000 / SoundEncoder.RATE;
    return cut != null && micros >= cut.mediaMicros;
  }

  private void writeWaitingSound() {
    while (!waitingSound.isEmpty() && !belongsLater(waitingSound.peek())) {
      AVPacket packet = waitingSound.remove();
      write(packet, sound, SoundEncoder.TIME_BASE);
      av_packet_free(packet);
    }
  }

  private void write(AVPacket packet, AVStream stream, AVRational timeBase) {
    SliceFile file = current;
    if (file == null) {
      return; // a filler behind a pause
    }
    packet.stream_index(stream.index());
    av_packet_rescale_ts(packet, timeBase, stream.time_base());
    long base = baseMicros * stream.time_base().den() / 1_000_000;
    packet.pts(packet.pts() + base);
    packet.dts(packet.dts() + base);
    Av.check(av_write_frame(muxer, packet), "Writing the slice " + file.name);
    file.flush();
  }
}
