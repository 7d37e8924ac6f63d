package org.pagereel.recorder.mix;

import java.util.concurrent.CancellationException;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.pagereel.recorder.Durations;
import org.pagereel.recorder.av.GrowingFile;
import org.pagereel.recorder.av.Packet;
import org.pagereel.recorder.av.SoundEncoder;
import org.pagereel.recorder.av.VideoEncoder;

/**
 * Makes one MP4 out of several files.
 *
 * <p>Threads: the caller's decodes and places pictures, {@code mix-sound} does all of the sound,
 * x264 has its own. Both sides write into one file and stay abreast.
 */
public final class Mixer {
  private static final int PICTURES = 0;
  private static final int SOUND = 1;
  private static final int ENCODER_THREADS = 2;
  private static final long PROGRESS_NANOS = 500_000_000;
  private static final int LEAST_SIGNS = 20;
  private static final int SECONDS_BETWEEN_KEYFRAMES = 5;

  private final MixPlan plan;
  private final MixListener listener;
  private final long ticks;
  private final Missing missing = new Missing();
  private final TrackPacing abreast = new TrackPacing();
  private volatile boolean stopped;
  private volatile @Nullable Throwable soundFailure;

  private Mixer(MixPlan plan, MixListener listener) {
    this.plan = plan;
    this.listener = listener;
    ticks = Math.max(1, Times.nearest(Durations.micros(plan.duration()), plan.fps()));
  }

  /**
   * Mixes; returns when the file is complete.
   *
   * @throws CancellationException when the listener cancelled; no file is left
   * @throws org.pagereel.recorder.RecordingFailure when the mix cannot be encoded or written
   */
  public static MixResult mix(MixPlan plan, MixListener listener) {
    return new Mixer(plan, listener).run();
  }

  private MixResult run() {
    int width = (plan.width() + 1) & ~1;
    int height = (plan.height() + 1) & ~1;
    try (GrowingFile file = GrowingFile.mp4(plan.target());
        VideoEncoder pictures =
            VideoEncoder.file(width, height, plan.fps(), plan.bitrateKbps(), ENCODER_THREADS);
        SoundEncoder sound = SoundEncoder.aac()) {
      Consumer<Packet> pictureSink = file.add(pictures.format())::write;
      Consumer<Packet> soundSink = plan.sound() ? file.add(sound.format())::write : null;
      file.begin();
      Thread soundThread =
          Thread.ofPlatform().name("mix-sound").daemon().start(() -> soundTrack(sound, soundSink));
      try {
        mixPictures(pictures, pictureSink);
      } catch (RuntimeException | Error e) {
        stopped = true;
        abreast.release();
        throw e;
      } finally {
        abreast.ended(PICTURES);
        join(soundThread); // before the encoder that it uses is closed
      }
      throwSoundFailure();
      long bytes = file.finish();
      listener.progress(1);
      return new MixResult(
          Durations.ofMicros(Math.round(ticks * 1e6 / plan.fps())), bytes, missing.inWords());
    }
  }

  private void mixPictures(VideoEncoder out, Consumer<Packet> sink) {
    long encoded = Long.MIN_VALUE / 2;
    long nextKeyframe = 0;
    long told = System.nanoTime();
    long step = Math.max(1, ticks / LEAST_SIGNS);
    try (PictureMix mix = new PictureMix(plan, out.picture(), missing)) {
      for (long tick = 0; tick < ticks; tick++) {
        checkCancelled();
        boolean changed = mix.draw(tick);
        // What does not change is not encoded again; a picture a second keeps players content.
        if (changed || tick - encoded >= plan.fps() || tick == ticks - 1) {
          boolean keyframe = tick >= nextKeyframe;
          if (keyframe) {
            nextKeyframe = tick + (long) plan.fps() * SECONDS_BETWEEN_KEYFRAMES;
          }
          out.encode(tick, keyframe, sink);
          encoded = tick;
        }
        abreast.reached(PICTURES, Math.round(tick * 1e6 / plan.fps()));
        if (System.nanoTime() - told > PROGRESS_NANOS || tick % step == 0) {
          told = System.nanoTime();
          listener.progress((double) tick / ticks);
        }
      }
    }
    out.drain(sink);
  }

  private void soundTrack(SoundEncoder out, @Nullable Consumer<Packet> sink) {
    try {
      if (sink != null) {
        mixSound(out, sink);
      }
      abreast.ended(SOUND);
    } catch (RuntimeException | Error e) {
      soundFailure = e;
      abreast.release();
    }
  }

  private void mixSound(SoundEncoder out, Consumer<Packet> sink) {
    long samples = Times.nearest(Durations.micros(plan.duration()), SoundEncoder.RATE);
    try (SoundMix mix = new SoundMix(plan.inputs(), missing)) {
      for (long done = 0; done < samples && !stopped; done += SoundMix.BLOCK) {
        int count = (int) Math.min(SoundMix.BLOCK, samples - done);
        out.add(mix.next(), count, sink);
        abreast.reached(SOUND, done * 1_000_000 / SoundEncoder.RATE);
      }
    }
    if (!stopped) {
      out.drain(sink);
    }
  }

  private void checkCancelled() {
    throwSoundFailure();
    if (listener.cancelled()) {
      throw new CancellationException("Mixing " + plan.target().getFileName() + " was cancelled");
    }
  }

  private void throwSoundFailure() {
    switch (soundFailure) {
      case RuntimeException e -> throw e;
      case Error e -> throw e;
      case null, default -> {}
    }
  }

  private void join(Thread thread) {
    boolean interrupted = false;
    while (thread.isAlive()) {
      try {
        thread.join();
      } catch (InterruptedException e) {
        interrupted = true;
        stopped = true;
        abreast.release();
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }
}
