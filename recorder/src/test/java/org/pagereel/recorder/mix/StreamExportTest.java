package org.pagereel.recorder.mix;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.pagereel.recorder.RecordingFailure;

class StreamExportTest {
  private static final Offset<Double> IN_SYNC = within(0.04);
  private static final double PICTURE = 1.0 / 30;

  @TempDir static Path folder;

  private static Inputs inputs;

  /** Flashes and beeps at 1 s, 3 s and 5 s. */
  private static Path stream;

  @BeforeAll
  static void makeStream() throws Exception {
    inputs = new Inputs(folder);
    stream =
        inputs.make(
            "-f lavfi -i color=black:s=320x180:r=30:d=6,drawbox=c=white:t=fill:enable='lt(mod(t+1,2),0.19)'"
                + " -f lavfi -i aevalsrc='lt(mod(t+1\\,2)\\,0.2)*0.5*sin(6283*t)':s=48000:d=6"
                + " -bf 0 -g 30 -c:a libopus stream.mkv");
  }

  @Test
  void picturesAreCopiedAndTheLastOneLasts() throws Exception {
    Path target = folder.resolve("whole.mp4");
    MadeFile made = StreamExport.toMp4(stream, target, Duration.ofMillis(8500));
    assertThat(made).isEqualTo(new MadeFile(Duration.ofMillis(8500), 320, 180, Files.size(target)));
    assertThat(seen(target).seconds("v")).isCloseTo(8.5, within(PICTURE));
    assertThat(seen(target).seconds("a")).isCloseTo(8.5, within(PICTURE));
    assertThat(seen(target).seconds()).isCloseTo(8.5, within(PICTURE));
    assertTimes(seen(target).flashes(100, 100), 1, 3, 5);
    assertTimes(seen(target).beeps(), 1, 3, 5);
    assertThat(
            inputs
                .probe("-show_entries stream=codec_name,sample_rate,channels -of csv=p=0 " + target)
                .lines())
        .containsExactly("h264", "aac,48000,2");
    assertThat(packets(target)).isEqualTo(packets(stream));
  }

  @Test
  void whatIsPastTheEndIsLeftOut() throws Exception {
    Path target = folder.resolve("short.mp4");
    StreamExport.toMp4(stream, target, Duration.ofMillis(2500));
    assertThat(seen(target).seconds("v")).isCloseTo(2.5, within(PICTURE));
    assertThat(seen(target).seconds("a")).isCloseTo(2.5, within(PICTURE));
    assertTimes(seen(target).flashes(100, 100), 1);
  }

  @Test
  void gapsStayGaps() throws Exception {
    // Sound is missing from 2.5 to 4.5 s, pictures from 2 to 2.9 s.
    Path gaps =
        inputs.make(
            "-i stream.mkv -c copy -bsf:a noise=drop='between(pts*tb\\,2.5\\,4.5)'"
                + " -bsf:v noise=drop='between(pts*tb\\,2.02\\,2.95)' gaps.mkv");
    Path target = folder.resolve("gaps.mp4");
    StreamExport.toMp4(gaps, target, Duration.ofSeconds(6));
    assertTimes(seen(target).flashes(100, 100), 1, 3, 5);
    assertTimes(seen(target).beeps(), 1, 5);
    assertThat(seen(target).loudness(2.6, 4.4)).isLessThan(0.001);
    Path mp3 = folder.resolve("gaps.mp3");
    assertThat(StreamExport.toMp3(gaps, mp3, Duration.ofSeconds(7))).isPresent();
    assertTimes(seen(mp3).beeps(), 1, 5);
  }

  @Test
  void lateBeginningsAreKept() throws Exception {
    // Pictures come 200 ms after time 0 and are shown at once, sound comes 1.5 s after it.
    Path late =
        inputs.make(
            "-itsoffset 0.2 -i stream.mkv -itsoffset 1.5 -i stream.mkv -map 0:v -map 1:a -c copy late.mkv");
    Path target = folder.resolve("late.mp4");
    StreamExport.toMp4(late, target, Duration.ofSeconds(8));
    assertTimes(seen(target).flashes(100, 100), 1.2, 3.2, 5.2);
    assertTimes(seen(target).beeps(), 2.5, 4.5, 6.5);
    assertThat(
            inputs.probe(
                "-select_streams v -read_intervals %+#1 -show_entries packet=pts_time -of csv=p=0 "
                    + target))
        .startsWith("0.000");
    // Pictures that come much later are not stretched to the beginning.
    Path much =
        inputs.make("-itsoffset 2 -i stream.mkv -i stream.mkv -map 0:v -map 1:a -c copy much.mkv");
    StreamExport.toMp4(much, target, Duration.ofSeconds(8));
    assertTimes(seen(target).flashes(100, 100), 3, 5, 7);
    assertTimes(seen(target).beeps(), 1, 3, 5);
    assertThat(seen(target).seconds()).isCloseTo(8, within(PICTURE));
  }

  @Test
  void aStreamThatBrokeOffIsMadeAsFarAsItGoes() throws Exception {
    byte[] bytes = Files.readAllBytes(stream);
    Path broken =
        Files.write(folder.resolve("broken.mkv"), Arrays.copyOf(bytes, bytes.length * 2 / 3));
    Path target = folder.resolve("broken.mp4");
    StreamExport.toMp4(broken, target, Duration.ofSeconds(6));
    assertTimes(seen(target).flashes(100, 100), 1, 3);
    assertTimes(seen(target).beeps(), 1, 3);
    assertThat(seen(target).seconds()).isCloseTo(6, within(PICTURE));
  }

  @Test
  void annexB() throws Exception {
    Path ts = inputs.make("-i stream.mkv -c:v copy -c:a aac -muxdelay 0 -muxpreload 0 stream.ts");
    Path target = folder.resolve("annexb.mp4");
    StreamExport.toMp4(ts, target, Duration.ofSeconds(6));
    assertTimes(seen(target).flashes(100, 100), 1, 3, 5);
    assertTimes(seen(target).beeps(), 1, 3, 5);
    assertThat(inputs.probe("-select_streams v -show_entries stream=is_avc -of csv=p=0 " + target))
        .isEqualTo("true");
  }

  @Test
  void onlyPicturesOrOnlySound() throws Exception {
    Path pictures = inputs.make("-i stream.mkv -map 0:v -c copy pictures.mkv");
    Path sound = inputs.make("-i stream.mkv -map 0:a -c copy sound.mkv");
    Path target = folder.resolve("only.mp4");
    MadeFile made = StreamExport.toMp4(sound, target, Duration.ofSeconds(7));
    assertThat(made.width()).isZero();
    assertThat(seen(target).seconds()).isCloseTo(7, within(PICTURE));
    StreamExport.toMp4(pictures, target, Duration.ofSeconds(7));
    assertThat(inputs.probe("-show_entries stream=codec_name -of csv=p=0 " + target))
        .isEqualTo("h264");
    assertThat(seen(target).seconds()).isCloseTo(7, within(PICTURE));
    Path mp3 = folder.resolve("none.mp3");
    assertThat(StreamExport.toMp3(pictures, mp3, Duration.ofSeconds(7))).isEmpty();
    assertThat(mp3).doesNotExist();
  }

  @Test
  void mp3HasTheSameTimes() throws Exception {
    Path target = folder.resolve("sound.mp3");
    MadeFile made = StreamExport.toMp3(stream, target, Duration.ofMillis(7300)).orElseThrow();
    assertThat(made).isEqualTo(new MadeFile(Duration.ofMillis(7300), 0, 0, Files.size(target)));
    assertThat(seen(target).sound().length / 48_000.0).isCloseTo(7.3, within(0.03));
    assertTimes(seen(target).beeps(), 1, 3, 5);
    assertThat(
            inputs.probe(
                "-show_entries stream=codec_name,sample_rate,channels,bit_rate -of csv=p=0 "
                    + target))
        .isEqualTo("mp3,48000,2,128000");
  }

  @Test
  void nothingIsMadeOfNothing() throws Exception {
    Path own = Files.createDirectory(folder.resolve("nothing"));
    Path empty = Files.createFile(own.resolve("empty.mkv"));
    assertThatThrownBy(() -> StreamExport.toMp4(empty, own.resolve("a.mp4"), Duration.ofSeconds(1)))
        .isInstanceOf(RecordingFailure.class)
        .hasMessageContaining("empty.mkv");
    assertThat(own.toFile().list()).containsExactly("empty.mkv");
  }

  private static List<String> packets(Path file) throws Exception {
    return inputs
        .probe("-select_streams v -show_entries packet=pts_time -of csv=p=0 " + file)
        .lines()
        .map(line -> "%.3f".formatted(Double.parseDouble(line.replace(",", ""))))
        .toList();
  }

  private static void assertTimes(List<Double> actual, double... expected) {
    assertThat(actual).as("%s", actual).hasSize(expected.length);
    for (int i = 0; i < expected.length; i++) {
      assertThat(actual.get(i)).isCloseTo(expected[i], IN_SYNC);
    }
  }

  private static DecodedFile seen(Path file) {
    return new DecodedFile(inputs, file);
  }
}
