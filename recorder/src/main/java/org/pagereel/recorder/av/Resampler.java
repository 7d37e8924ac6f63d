package org.pagereel.recorder.av;

import static org.bytedeco.ffmpeg.global.avutil.AV_SAMPLE_FMT_FLTP;
import static org.bytedeco.ffmpeg.global.avutil.av_channel_layout_copy;
import static org.bytedeco.ffmpeg.global.avutil.av_channel_layout_default;
import static org.bytedeco.ffmpeg.global.swresample.swr_alloc_set_opts2;
import static org.bytedeco.ffmpeg.global.swresample.swr_convert;
import static org.bytedeco.ffmpeg.global.swresample.swr_free;
import static org.bytedeco.ffmpeg.global.swresample.swr_get_delay;
import static org.bytedeco.ffmpeg.global.swresample.swr_get_out_samples;
import static org.bytedeco.ffmpeg.global.swresample.swr_init;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import org.bytedeco.ffmpeg.avutil.AVChannelLayout;
import org.bytedeco.ffmpeg.avutil.AVFrame;
import org.bytedeco.ffmpeg.swresample.SwrContext;
import org.bytedeco.javacpp.LongPointer;
import org.bytedeco.javacpp.PointerPointer;
import org.jspecify.annotations.Nullable;

/** Sound of one kind to 48 kHz stereo; a single channel is heard from both sides, as loud. */
public final class Resampler implements AutoCloseable {
  private static final String STEP = "Converting sound";

  private final Arena arena = Arena.ofConfined();
  private final SwrContext context = new SwrContext(null);
  private final int rate;
  private final int format;
  private final int channels;
  // Addresses, filled in as numbers: swresample takes an array of pointers.
  private final LongPointer address = new LongPointer(SoundEncoder.CHANNELS);
  private final PointerPointer<LongPointer> targets = new PointerPointer<>(address);
  private final MemorySegment[] converted = new MemorySegment[SoundEncoder.CHANNELS];
  private int capacity;

  /** Opens for sound like that of the frame. */
  public Resampler(Frame like) {
    AVFrame model = like.raw();
    rate = model.sample_rate();
    format = model.format();
    channels = model.ch_layout().nb_channels();
    try (AVChannelLayout target = new AVChannelLayout();
        AVChannelLayout own = new AVChannelLayout()) {
      // swresample would make a single channel 3 dB softer on its way to two.
      av_channel_layout_default(target, Math.min(channels, SoundEncoder.CHANNELS));
      if (model.ch_layout().order() == 0) {
        av_channel_layout_default(own, channels); // the file gives their number only
      } else {
        Av.check(av_channel_layout_copy(own, model.ch_layout()), STEP);
      }
      Av.check(
          swr_alloc_set_opts2(
              context, target, AV_SAMPLE_FMT_FLTP, SoundEncoder.RATE, own, format, rate, 0, null),
          STEP);
    }
    Av.check(swr_init(context), STEP);
  }

  public boolean takes(Frame sound) {
    AVFrame frame = sound.raw();
    return frame.sample_rate() == rate
        && frame.format() == format
        && frame.ch_layout().nb_channels() == channels;
  }

  /** The number of samples of 48 kHz that it holds back. */
  public long delay() {
    return swr_get_delay(context, SoundEncoder.RATE);
  }

  /**
   * Converts a frame, or what was held back when there is none.
   *
   * @param into gets the samples, one array a channel, which are replaced if they are too short
   * @return how many samples
   */
  public int convert(@Nullable Frame sound, float[][] into) {
    AVFrame frame = sound == null ? null : sound.raw();
    int given = frame == null ? 0 : frame.nb_samples();
    ensure(Math.max(1, Av.check(swr_get_out_samples(context, given), STEP)));
    int count =
        Av.check(
            swr_convert(
                context, targets, capacity, frame == null ? null : frame.extended_data(), given),
            STEP);
    for (int channel = 0; channel < SoundEncoder.CHANNELS; channel++) {
      if (into[channel].length < count) {
        into[channel] = new float[count];
      }
      MemorySegment.copy(
          converted[channels == 1 ? 0 : channel],
          ValueLayout.JAVA_FLOAT,
          0,
          into[channel],
          0,
          count);
    }
    return count;
  }

  private void ensure(int samples) {
    if (samples <= capacity) {
      return;
    }
    capacity = samples;
    for (int channel = 0; channel < SoundEncoder.CHANNELS; channel++) {
      converted[channel] = arena.allocate((long) samples * Float.BYTES, 64);
      address.put(channel, converted[channel].address());
    }
  }

  @Override
  public void close() {
    swr_free(context);
    arena.close();
  }
}
