package org.pagereel.recorder.media;

import static org.bytedeco.ffmpeg.global.avcodec.av_packet_alloc;
import static org.bytedeco.ffmpeg.global.avcodec.av_packet_free;
import static org.bytedeco.ffmpeg.global.avcodec.av_packet_unref;
import static org.bytedeco.ffmpeg.global.avdevice.avdevice_register_all;
import static org.bytedeco.ffmpeg.global.avformat.av_find_input_format;
import static org.bytedeco.ffmpeg.global.avformat.av_read_frame;
import static org.bytedeco.ffmpeg.global.avformat.avformat_close_input;
import static org.bytedeco.ffmpeg.global.avformat.avformat_open_input;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ShortBuffer;
import java.util.Map;
import org.bytedeco.ffmpeg.avcodec.AVPacket;
import org.bytedeco.ffmpeg.avformat.AVFormatContext;
import org.bytedeco.ffmpeg.avutil.AVDictionary;
import org.pagereel.recorder.SoundPath;

/** What the page plays: 48 kHz stereo, 16 bit, in fragments stamped with the clock. */
final class SoundSource implements SoundTrack.Input, AutoCloseable {
  /** 16-bit stereo samples, interleaved, the first of which sounded at {@code at}. */
  record Fragment(long at, ShortBuffer samples) {
    int frames() {
      return samples.limit() / CHANNELS;
    }

    long end() {
      return at + frames() * 1_000_000L / SoundEncoder.RATE;
    }
  }

  private static final int CHANNELS = 2;

  /** One block of the sink: with longer fragments, the sink would render longer blocks. */
  private static final int FRAGMENT_BYTES =
      (int) (SoundEncoder.RATE * SoundPath.BLOCK.toMillis() / 1000) * CHANNELS * 2;

  private static final long SHIFT_MICROS = SoundPath.SHIFT.toMillis() * 1000;

  private final AVFormatContext input = new AVFormatContext(null);
  private final SoundClock clock =
      new SoundClock(SoundEncoder.RATE, SoundPath.BLOCK.toMillis() * 1000);
  private final AVPacket packet = Av.present(av_packet_alloc(), "Opening the sound");

  SoundSource(String server, String source) {
    avdevice_register_all();
    AVDictionary options =
        Av.options(
            Map.of(
                "server", server,
                "sample_rate", String.valueOf(SoundEncoder.RATE),
                "channels", String.valueOf(CHANNELS),
                "wallclock", "0",
                "fragment_size", String.valueOf(FRAGMENT_BYTES)));
    Av.check(
        avformat_open_input(input, source, av_find_input_format("pulse"), options),
        "Cannot listen to the sound of the page at " + server);
  }

  @Override
  public Fragment read() {
    Av.check(av_read_frame(input, packet), "Listening to the sound of the page");
    long arrived = Clock.micros();
    short[] samples =
        MemorySegment.ofAddress(packet.data().address())
            .reinterpret(packet.size())
            .toArray(ValueLayout.JAVA_SHORT_UNALIGNED);
    long at = clock.startOf(samples.length / CHANNELS, arrived);
    av_packet_unref(packet);
    return new Fragment(at - SHIFT_MICROS, ShortBuffer.wrap(samples));
  }

  @Override
  public double driftPpm() {
    return clock.driftPpm();
  }

  @Override
  public void close() {
    av_packet_free(packet);
    avformat_close_input(input);
  }
}
