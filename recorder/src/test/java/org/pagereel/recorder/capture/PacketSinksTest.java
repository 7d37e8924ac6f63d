package org.pagereel.recorder.capture;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.nio.FloatBuffer;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.pagereel.recorder.PageSize;
import org.pagereel.recorder.RecordingFailure;
import org.pagereel.recorder.SoundProfile;
import org.pagereel.recorder.av.MediaCheck;
import org.pagereel.recorder.av.MediaInput;
import org.pagereel.recorder.av.Packet;
import org.pagereel.recorder.av.PacketSink;
import org.pagereel.recorder.av.SoundEncoder;
import org.pagereel.recorder.av.StreamFormat;
import org.pagereel.recorder.av.VideoEncoder;
import org.pagereel.recorder.slices.Mp4;
import org.pagereel.recorder.slices.Slice;
import org.pagereel.recorder.slices.SliceListener;
import org.pagereel.recorder.slices.SliceWriter;

/** Two outputs of one recording are both whole, in whichever order they get their packets. */
class PacketSinksTest {
  private static final int FPS = 30;
  private static final int SECONDS = 5;
  private static final int SLICE_SECONDS = 2;

  private final List<Slice> slices = new CopyOnWriteArrayList<>();

  @TempDir Path folder;

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void bothGetEverything(boolean slicesFirst) {
    Path flv = folder.resolve("whole.flv");
    SliceWriter writer = new SliceWriter(folder, 1, Duration.ZERO, new Kept());
    FlvSink second = new FlvSink(flv);
    List<PacketSink> both = slicesFirst ? List.of(writer, second) : List.of(second, writer);
    try (PacketSinks sinks = new PacketSinks(both)) {
      encode(sinks);
    }
    assertThat(slices).extracting(Slice::number).containsExactly(0, 1, 2);
    assertThat(slices)
        .extracting(Slice::duration)
        .containsExactly(Duration.ofSeconds(2), Duration.ofSeconds(2), Duration.ofSeconds(1));
    List<String> sliced = new ArrayList<>();
    for (Slice slice : slices) {
      sliced.addAll(packets(folder.resolve(slice.file())));
    }
    Path mp4 = folder.resolve("page.mp4");
    Mp4.make(folder, slices, mp4);
    assertThat(MediaCheck.play(mp4).toMillis()).isCloseTo(SECONDS * 1000L, within(100L));
    assertThat(MediaCheck.length(flv).toMillis()).isCloseTo(SECONDS * 1000L, within(100L));
    List<String> whole = packets(flv);
    assertThat(whole).filteredOn("picture"::equals).hasSize(SECONDS * FPS);
    assertThat(whole).containsExactlyInAnyOrderElementsOf(sliced);
  }

  @Test
  void everyOneIsClosedThoughNothingWasRecorded() {
    Path flv = folder.resolve("empty.flv");
    SliceWriter writer = new SliceWriter(folder, 1, Duration.ZERO, new Kept());
    try (PacketSinks sinks = new PacketSinks(List.of(writer, new FlvSink(flv)))) {
      assertThat(sinks.all()).hasSize(2);
    }
    assertThat(slices).isEmpty();
    assertThat(flv).isEmptyFile();
  }

  @Test
  void oneThatFailsDoesNotKeepTheOthersFromTheirEnd() {
    SliceWriter writer = new SliceWriter(folder, 1, Duration.ZERO, new Kept());
    PacketSinks sinks = new PacketSinks(List.of(new Broken(), writer, new Broken()));
    assertThatThrownBy(() -> encode(sinks))
        .hasMessage("cannot finish")
        .satisfies(e -> assertThat(e.getSuppressed()).hasSize(1));
    assertThatThrownBy(sinks::close).hasMessage("cannot close");
    assertThat(slices).extracting(Slice::number).containsExactly(0, 1, 2);
  }

  private static void encode(PacketSink sink) {
    PageSize size = new PageSize(480, 270);
    try (VideoEncoder pictures = VideoEncoder.live(size, FPS, 500);
        SoundEncoder sounds = SoundEncoder.live(new SoundProfile(2, 128))) {
      sink.begin(pictures.format(), sounds.format());
      Consumer<Packet> write =
          packet -> {
            long micros = pictures.format().timeBase().micros(packet.pts());
            packet.place(micros, micros);
            sink.picture(packet);
          };
      for (int frame = 0; frame < SECONDS * FPS; frame++) {
        boolean cuts = frame % (SLICE_SECONDS * FPS) == 0;
        if (cuts) {
          sink.cut(frame * 1_000_000L / FPS, frame * 1_000_000L / FPS);
        }
        pictures.picture().y().fill(frame, 40, 60, 60, (byte) 200);
        pictures.encode(frame, cuts, write);
        sounds.add(tone(frame), 0, SoundEncoder.RATE / FPS, sink::sound);
      }
      pictures.drain(write);
      sounds.drain(sink::sound);
      sink.finish(SECONDS * 1_000_000L);
    }
  }

  private static FloatBuffer tone(int frame) {
    int count = SoundEncoder.RATE / FPS;
    FloatBuffer samples = FloatBuffer.allocate(count * SoundEncoder.CHANNELS);
    for (int i = 0; i < count; i++) {
      double phase = 2 * Math.PI * 500 * ((long) frame * count + i) / SoundEncoder.RATE;
      samples.put((float) (0.25 * Math.sin(phase))).put((float) (0.25 * Math.sin(phase)));
    }
    return samples.flip();
  }

  /** The packets of a file: of which kind each is. */
  private static List<String> packets(Path file) {
    List<String> found = new ArrayList<>();
    try (MediaInput input = new MediaInput(file)) {
      for (Packet packet = input.next(); packet != null; packet = input.next()) {
        var video = input.video();
        found.add(video != null && packet.stream() == video.number() ? "picture" : "sound");
      }
    }
    return found;
  }

  /** Its network is gone. */
  private static final class Broken implements PacketSink {
    @Override
    public void begin(StreamFormat picture, StreamFormat sound) {}

    @Override
    public void cut(long mediaMicros, long epochMicros) {}

    @Override
    public void picture(Packet packet) {}

    @Override
    public void sound(Packet packet) {}

    @Override
    public void picturesEndAt(long mediaMicros) {}

    @Override
    public void soundEndsAt(long mediaMicros) {}

    @Override
    public void finish(long mediaMicros) {
      throw new IllegalStateException("cannot finish");
    }

    @Override
    public void close() {
      throw new IllegalStateException("cannot close");
    }
  }

  private final class Kept implements SliceListener {
    @Override
    public void recording(Instant firstFrame) {}

    @Override
    public void sliceFinished(Slice slice) {
      slices.add(slice);
    }

    @Override
    public void failed(RecordingFailure failure) {
      throw failure;
    }
  }
}
