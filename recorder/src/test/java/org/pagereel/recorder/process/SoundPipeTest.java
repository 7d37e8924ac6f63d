package org.pagereel.recorder.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermission;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.pagereel.recorder.RecordingFailure;
import org.pagereel.recorder.SoundPath;

/** A pipe of the system, with a writer as the sink is one: it writes whole blocks. */
@Timeout(30)
class SoundPipeTest {
  private static final Duration SHORT = Duration.ofMillis(50);
  private static final Duration LONG = Duration.ofSeconds(20);
  private static final int SAMPLES = 2 * SoundPath.BLOCK;
  private static final float UNIT = 1f / 16;

  @TempDir Path folder;
  private Path path;
  private SoundPipe pipe;

  @BeforeEach
  void make() {
    path = folder.resolve("sound");
    pipe = new SoundPipe(path, Account.ofThisProcess());
  }

  @AfterEach
  void close() {
    pipe.close();
  }

  @Test
  void whatComesIsReadInOrderAndWhatIsDiscardedIsNot() throws Exception {
    try (FileChannel sink = open()) {
      sink.write(block(1));
      pipe.discard();
      assertThat(pipe.read(SHORT)).isEmpty();
      for (int number = 2; number < 10; number++) {
        sink.write(block(number));
        FloatBuffer read = pipe.read(LONG).orElseThrow();
        assertThat(read.remaining()).isEqualTo(SAMPLES);
        assertThat(read.get(0)).isEqualTo(number * UNIT);
        assertThat(read.get(SAMPLES - 1)).isEqualTo(-number * UNIT);
      }
    }
  }

  /** A sink that could write ahead would be heard late. */
  @Test
  void holdsOneBlock() throws Exception {
    try (FileChannel sink = open()) {
      sink.write(block(1));
      Thread writer = Thread.ofVirtual().start(() -> write(sink, block(2)));
      assertThat(writer.join(Duration.ofMillis(300))).isFalse();
      assertThat(pipe.read(LONG).orElseThrow().get(0)).isEqualTo(UNIT);
      assertThat(writer.join(LONG)).isTrue();
      assertThat(pipe.read(LONG).orElseThrow().get(0)).isEqualTo(2 * UNIT);
    }
  }

  /** The sink writes what its inputs have ready. */
  @Test
  void aShortWriteIsABlock() throws Exception {
    try (FileChannel sink = open()) {
      sink.write(block(7).slice(0, 80));
      assertThat(pipe.read(LONG).orElseThrow().remaining()).isEqualTo(20);
      sink.write(block(8));
      assertThat(pipe.read(LONG).orElseThrow().get(0)).isEqualTo(8 * UNIT);
    }
  }

  @Test
  void whatNoEncoderTakesIsBounded() throws Exception {
    try (FileChannel sink = open()) {
      ByteBuffer bytes = ByteBuffer.allocate(24).order(ByteOrder.nativeOrder());
      bytes.putFloat(Float.NaN).putFloat(Float.POSITIVE_INFINITY).putFloat(Float.NEGATIVE_INFINITY);
      sink.write(bytes.putFloat(1e30f).putFloat(-1.5f).putFloat(0.5f).flip());
      FloatBuffer read = pipe.read(LONG).orElseThrow();
      assertThat(read.array()).containsExactly(0, 1, -1, 1, -1, 0.5f);
    }
  }

  @Test
  void whenItsNameIsGoneItIsStillOpen() throws Exception {
    assertThat(Files.getPosixFilePermissions(path))
        .containsExactlyInAnyOrder(PosixFilePermission.OWNER_READ, PosixFilePermission.OWNER_WRITE);
    try (FileChannel sink = open()) {
      pipe.hide();
      assertThat(path).doesNotExist();
      sink.write(block(1));
      assertThat(pipe.read(LONG)).isPresent();
    }
  }

  @Test
  void aSinkThatIsGoneIsAFailure() throws Exception {
    FileChannel sink = open();
    sink.write(block(1));
    sink.close();
    assertThat(pipe.read(LONG)).isPresent();
    assertThatThrownBy(() -> pipe.read(LONG))
        .isInstanceOf(RecordingFailure.class)
        .hasMessage("The sound daemon ended");
  }

  @Test
  void aNameThatIsTakenIsAFailure() {
    assertThatThrownBy(() -> new SoundPipe(path, Account.ofThisProcess()))
        .isInstanceOf(RecordingFailure.class)
        .hasMessage("Making the pipe of the sound failed with errno 17");
  }

  /** As the sink does, for reading too, so that it needs no reader. */
  private FileChannel open() throws Exception {
    return FileChannel.open(path, StandardOpenOption.READ, StandardOpenOption.WRITE);
  }

  private static void write(FileChannel sink, ByteBuffer block) {
    try {
      sink.write(block);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Its first sample is the number of units, and its last one as much below zero. */
  private static ByteBuffer block(int number) {
    ByteBuffer bytes =
        ByteBuffer.allocate(SAMPLES * Float.BYTES)
            .order(ByteOrder.nativeOrder())
            .putFloat(number * UNIT);
    bytes.putFloat((SAMPLES - 1) * Float.BYTES, -number * UNIT);
    return bytes.rewind();
  }
}
