package org.pagereel.recorder.av;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.nio.ShortBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Consumer;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.pagereel.recorder.SoundProfile;

/** What is decoded is what was encoded: no frame of a steady tone is another sound. */
class SoundEncoderTest {
  private static final int RATE = SoundEncoder.RATE;
  private static final int FRAME = 1024;
  private static final int SECONDS = 30;

  /** Of a frame, beside the tone's own: 20 dB below it. */
  private static final double MAX_ERROR = 0.1;

  @TempDir Path folder;

  @ParameterizedTest
  @CsvSource({
    "2,128,0.25,500,800",
    "2,128,0.9,1000,1000",
    "2,192,0.9,440,440",
    "1,48,0.25,800,800",
    "1,128,0.9,1000,1000",
  })
  void aSteadyToneIsItselfInEveryFrame(
      int channels, int kbps, double amplitude, int leftHertz, int rightHertz) throws Exception {
    int count = SECONDS * RATE;
    ByteArrayOutputStream adts = new ByteArrayOutputStream();
    Consumer<Packet> sink = packet -> write(packet, channels, adts);
    try (SoundEncoder encoder = SoundEncoder.live(new SoundProfile(channels, kbps))) {
      encoder.add(tones(count, amplitude, leftHertz, rightHertz), 0, count, sink);
      encoder.drain(sink);
    }
    ShortBuffer decoded = decode(Files.write(folder.resolve("tone.aac"), adts.toByteArray()));
    int[] hertz = channels == 1 ? new int[] {leftHertz} : new int[] {leftHertz, rightHertz};
    // The decoder begins one frame early; the first and the last ones begin and end the tone.
    for (int frame = 4; frame < count / FRAME - 4; frame++) {
      for (int channel = 0; channel < channels; channel++) {
        double error = 0;
        for (int i = frame * FRAME; i < (frame + 1) * FRAME; i++) {
          double is = decoded.get((i + FRAME) * channels + channel) / 32768.0;
          error += Math.pow(is - sample(i, amplitude, hertz[channel]), 2) / FRAME;
        }
        assertThat(Math.sqrt(error * 2) / amplitude)
            .as("error of channel %d at %.2f s", channel, (double) frame * FRAME / RATE)
            .isLessThan(MAX_ERROR);
      }
    }
  }

  private static double sample(int number, double amplitude, int hertz) {
    return amplitude * Math.sin(2 * Math.PI * hertz * number / RATE);
  }

  private static FloatBuffer tones(int count, double amplitude, int leftHertz, int rightHertz) {
    FloatBuffer samples = FloatBuffer.allocate(2 * count);
    for (int i = 0; i < count; i++) {
      samples.put((float) sample(i, amplitude, leftHertz));
      samples.put((float) sample(i, amplitude, rightHertz));
    }
    return samples.flip();
  }

  /** A packet with the header of ISO 13818-7 before it, so that the whole is a file. */
  private static void write(Packet packet, int channels, ByteArrayOutputStream adts) {
    byte[] data = packet.data();
    int length = data.length + 7;
    int rate = 3; // 48 kHz
    adts.write(0xff);
    adts.write(0xf1); // MPEG-4, no checksum
    adts.write(1 << 6 | rate << 2); // low complexity
    adts.write(channels << 6 | length >> 11);
    adts.write(length >> 3 & 0xff);
    adts.write((length & 7) << 5 | 0x1f);
    adts.write(0xfc);
    adts.writeBytes(data);
  }

  private static ShortBuffer decode(Path file) throws IOException {
    Process decoder =
        FfmpegTool.ffmpeg(List.of("-i", file.toString(), "-f", "s16le", "-"))
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    byte[] bytes = decoder.getInputStream().readAllBytes();
    return ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).asShortBuffer();
  }
}
