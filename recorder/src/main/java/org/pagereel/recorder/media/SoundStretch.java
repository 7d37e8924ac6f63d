package org.pagereel.recorder.media;

import static org.bytedeco.ffmpeg.global.avutil.AV_SAMPLE_FMT_FLTP;
import static org.bytedeco.ffmpeg.global.avutil.AV_SAMPLE_FMT_S16;
import static org.bytedeco.ffmpeg.global.avutil.av_channel_layout_default;
import static org.bytedeco.ffmpeg.global.avutil.av_opt_set_int;
import static org.bytedeco.ffmpeg.global.swresample.SWR_FLAG_RESAMPLE;
import static org.bytedeco.ffmpeg.global.swresample.swr_alloc_set_opts2;
import static org.bytedeco.ffmpeg.global.swresample.swr_convert;
import static org.bytedeco.ffmpeg.global.swresample.swr_free;
import static org.bytedeco.ffmpeg.global.swresample.swr_init;
import static org.bytedeco.ffmpeg.global.swresample.swr_set_compensation;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ShortBuffer;
import org.bytedeco.ffmpeg.avutil.AVChannelLayout;
import org.bytedeco.ffmpeg.swresample.SwrContext;
import org.bytedeco.javacpp.LongPointer;
import org.bytedeco.javacpp.PointerPointer;

/**
 * Makes sound a little longer or shorter, too little to be heard, so that it stays with the clock.
 *
 * <p>It holds some 16 samples back, a third of a millisecond, always the same ones.
 */
final class SoundStretch implements AutoCloseable {
  /** Takes what came out: as many samples of each channel, from -1 to 1. */
  interface Sink {
    void samples(MemorySegment left, MemorySegment right, int count);
  }

  private static final String STEP = "Keeping the sound with the clock";
  private static final int CHANNELS = 2;

  /** Samples that are given at once, at the most. */
  private static final int CHUNK = 4096;

  /** Room for what comes out: what is held back, and the most that is added. */
  private static final int ROOM = CHUNK + 512;

  /** A correction is spread over so many samples. */
  static final int SPREAD = SoundEncoder.RATE * 10;

  /** Not more than 0.5 %, a twelfth of a semitone. */
  static final int MAX_CORRECTION = SPREAD / 200;

  private final Arena arena = Arena.ofShared();
  private final SwrContext context = new SwrContext(null);
  private final MemorySegment given = arena.allocate((long) CHUNK * CHANNELS * Short.BYTES, 64);
  private final MemorySegment left = arena.allocate((long) ROOM * Float.BYTES, 64);
  private final MemorySegment right = arena.allocate((long) ROOM * Float.BYTES, 64);
  // Addresses, filled in as numbers: swresample takes arrays of pointers.
  private final PointerPointer<LongPointer> source =
      new PointerPointer<>(new LongPointer(given.address(), 0L));
  private final PointerPointer<LongPointer> target =
      new PointerPointer<>(new LongPointer(left.address(), right.address()));
  private boolean corrects;

  SoundStretch() {
    try (AVChannelLayout stereo = new AVChannelLayout()) {
      av_channel_layout_default(stereo, CHANNELS);
      Av.check(
          swr_alloc_set_opts2(
              context,
              stereo,
              AV_SAMPLE_FMT_FLTP,
              SoundEncoder.RATE,
              stereo,
              AV_SAMPLE_FMT_S16,
              SoundEncoder.RATE,
              0,
              null),
          STEP);
    }
    // From the beginning: a resampler that comes later would hold back samples in mid-sound.
    Av.check(av_opt_set_int(context, "flags", SWR_FLAG_RESAMPLE, 0), STEP);
    Av.check(swr_init(context), STEP);
  }

  /**
   * From now on, adds this many samples over {@link #SPREAD}; negative takes them away. Bounded by
   * {@link #MAX_CORRECTION}.
   */
  void correct(long samples) {
    int bounded = Math.clamp(samples, -MAX_CORRECTION, MAX_CORRECTION);
    if (bounded != 0 || corrects) {
      corrects = bounded != 0;
      Av.check(swr_set_compensation(context, bounded, SPREAD), STEP);
    }
  }

  /** Feeds interleaved stereo samples {@code [from, to)}, counted in pairs. */
  void feed(ShortBuffer samples, int from, int to, Sink sink) {
    for (int at = from; at < to; at += CHUNK) {
      int count = Math.min(CHUNK, to - at);
      MemorySegment.copy(
          MemorySegment.ofBuffer(samples.duplicate().clear()),
          ValueLayout.JAVA_SHORT_UNALIGNED,
          (long) at * CHANNELS * Short.BYTES,
          given,
          ValueLayout.JAVA_SHORT_UNALIGNED,
          0,
          (long) count * CHANNELS);
      int made = Av.check(swr_convert(context, target, ROOM, source, count), STEP);
      sink.samples(left, right, made);
    }
  }

  @Override
  public void close() {
    swr_free(context);
    arena.close();
  }
}
