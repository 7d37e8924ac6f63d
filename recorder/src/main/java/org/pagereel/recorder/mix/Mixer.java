package org.pagereel.recorder.mix;

import java.util.concurrent.CancellationException;
import org.bytedeco.ffmpeg.avformat.AVStream;
import org.jspecify.annotations.Nullable;
import org.pagereel.recorder.Durations;

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
    ticks = Math.max(1, Times.nearest(Times.micros(plan.duration()), plan.fps()));
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
        PictureOut pictures =
            new PictureOut(width, height, plan.fps(), plan.bitrateKbps(), ENCODER_THREADS);
        SoundOut sound = SoundOut.aac()) {
      AVStream pictureStream = file.add(pictures.context());
      AVStream soundStream = plan.sound() ? file.add(sound.context()) : null;
      file.begin();
      Thread soundThread =
          Thread.ofPlatform()
              .name("mix-sound")
              .daemon()
              .start(() -> soundTrack(sound, soundStream, file));
      try {
        mixPictures(pictures, pictureStream, file);
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

  private void mixPictures(PictureOut out, AVStream stream, GrowingFile file) {
    long encoded = Long.MIN_VALUE / 2;
    long told = System.nanoTime();
    long step = Math.max(1, ticks / LEAST_SIGNS);
    try (PictureMix mix = new PictureMix(plan, out.canvas(), missing)) {
      for (long tick = 0; tick < ticks; tick++) {
        checkCancelled();
        boolean changed = mix.draw(tick);
        // What does not change is not encoded again; a picture a second keeps players content.
        if (changed || tick - encoded >= plan.fps() || tick == ticks - 1) {
          out.encode(tick, packet -> file.write(packet, out.context().time_base(), stream));
          encoded = tick;
        }
        abreast.reached(PICTURES, Math.round(tick * 1e6 / plan.fps()));
        if (System.nanoTime() - told > PROGRESS_NANOS || tick % step == 0) {
          told = System.nanoTime();
          listener.progress((double) tick / ticks);
        }
      }
    }
    out.drain(packet -> file.write(packet, out.context().time_base(), stream));
  }

  private void soundTrack(SoundOut out, @Nullable AVStream stream, GrowingFile file) {
    try {
      if (stream != null) {
        mixSound(out, stream, file);
      }
      abreast.ended(SOUND);
    } catch (RuntimeException | Error e) {
      soundFailure = e;
      abreast.release();
    }
  }

  private void mixSound(SoundOut out, AVStream stream, GrowingFile file) {
    long samples = Times.nearest(Times.micros(plan.duration()), SoundOut.RATE);
    try (SoundMix mix = new SoundMix(plan.inputs(), missing)) {
      for (long done = 0; done < samples && !stopped; done += SoundMix.BLOCK) {
        int count = (int) Math.min(SoundMix.BLOCK, samples - done);
        out.add(mix.next(), count, packet -> file.write(packet, out.context().time_base(), stream));
        abreast.reached(SOUND, done * 1_000_000 / SoundOut.RATE);
      }
    }
    if (!stopped) {
      out.drain(packet -> file.write(packet, out.context().time_base(), stream));
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
