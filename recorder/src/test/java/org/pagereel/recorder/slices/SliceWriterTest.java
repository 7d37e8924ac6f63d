package org.pagereel.recorder.slices;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.pagereel.recorder.FailureCategory;
import org.pagereel.recorder.PageSize;
import org.pagereel.recorder.RecordingFailure;
import org.pagereel.recorder.SoundProfile;
import org.pagereel.recorder.av.MediaInput;
import org.pagereel.recorder.av.Packet;
import org.pagereel.recorder.av.SoundEncoder;
import org.pagereel.recorder.av.VideoEncoder;

/** Slices of noise, which takes many bytes; cut every second. */
class SliceWriterTest {
  private static final int FPS = 10;

  @TempDir Path folder;
  private final Kept kept = new Kept();
  private final Random random = new Random(7);

  /** FFmpeg looks for streams in the first 5 MB only. */
  @Test
  void soundThatComesLateIsInTheMp4() {
    try (VideoEncoder pictures = VideoEncoder.live(new PageSize(1280, 720), FPS, 80_000);
        SoundEncoder sounds = SoundEncoder.live(new SoundProfile(2, 128));
        SliceWriter writer = new SliceWriter(folder, 1, Duration.ZERO, kept)) {
      writer.begin(pictures.format(), sounds.format());
      sounds.silence(SoundEncoder.RATE, writer::sound);
      encode(pictures, writer, 0, 2);
      sounds.silence(SoundEncoder.RATE, writer::sound);
      sounds.drain(writer::sound);
      writer.finish(2_000_000);
    }
    Slice late = kept.slices.get(1);
    assertThat(late.bytes()).isGreaterThan(6_000_000);
    try (MediaInput input = new MediaInput(folder.resolve(late.file()))) {
      assertThat(input.sound()).as("seen at the beginning").isNull();
    }
    Path mp4 = folder.resolve("page.mp4");
    Mp4.make(folder, kept.slices, mp4);
    int sound = 0;
    try (MediaInput input = new MediaInput(mp4)) {
      for (Packet packet = input.next(); packet != null; packet = input.next()) {
        sound += input.sound() != null && packet.stream() == input.sound().number() ? 1 : 0;
      }
    }
    assertThat(sound).isGreaterThanOrEqualTo(2 * SoundEncoder.RATE / 1024);
  }

  /** The third slice cannot be written; the disk is slow with the first. */
  @Test
  void aFullDiskCostsNoSliceThatWasWhole() throws Exception {
    Files.createSymbolicLink(folder.resolve("page-1-00002.ts"), Path.of("/dev/full"));
    kept.slow = new CountDownLatch(1);
    try (VideoEncoder pictures = VideoEncoder.live(new PageSize(480, 270), FPS, 500);
        SoundEncoder sounds = SoundEncoder.live(new SoundProfile(2, 128));
        SliceWriter writer = new SliceWriter(folder, 1, Duration.ZERO, kept)) {
      writer.begin(pictures.format(), sounds.format());
      assertThatThrownBy(() -> encode(pictures, writer, 0, 3)).satisfies(SliceWriterTest::isFull);
      CompletableFuture.delayedExecutor(300, TimeUnit.MILLISECONDS).execute(kept.slow::countDown);
      assertThatThrownBy(() -> writer.finish(3_000_000)).satisfies(SliceWriterTest::isFull);
    }
    assertThat(kept.slices).extracting(Slice::number).containsExactly(0, 1);
    assertThat(kept.failures).isEmpty();
  }

  private static void isFull(Throwable e) {
    assertThat(e)
        .isInstanceOf(RecordingFailure.class)
        .hasMessageContaining("No space left on device");
    assertThat(((RecordingFailure) e).category()).isEqualTo(FailureCategory.CAPACITY);
  }

  private void encode(VideoEncoder pictures, SliceWriter writer, int from, int to) {
    Consumer<Packet> write =
        packet -> {
          long micros = pictures.format().timeBase().micros(packet.pts());
          packet.place(micros, micros);
          writer.picture(packet);
        };
    for (int frame = from * FPS; frame < to * FPS; frame++) {
      if (frame % FPS == 0) {
        writer.cut(frame * 1_000_000L / FPS, 0);
      }
      MemorySegment pixels = pictures.picture().y().pixels();
      for (long i = 0; i + Long.BYTES <= pixels.byteSize(); i += Long.BYTES) {
        pixels.set(ValueLayout.JAVA_LONG_UNALIGNED, i, random.nextLong());
      }
      pictures.encode(frame, frame % FPS == 0, write);
    }
    pictures.drain(write);
  }

  private static final class Kept implements SliceListener {
    final List<Slice> slices = new CopyOnWriteArrayList<>();
    final List<RecordingFailure> failures = new CopyOnWriteArrayList<>();
    volatile CountDownLatch slow = new CountDownLatch(0);

    @Override
    public void recording(Instant firstFrame) {}

    @Override
    public void sliceFinished(Slice slice) {
      try {
        slow.await();
        slices.add(slice);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
    }

    @Override
    public void failed(RecordingFailure failure) {
      failures.add(failure);
    }
  }
}
