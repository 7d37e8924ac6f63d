package org.pagereel.recorder.mix;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.OperatingSystemMXBean;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;
import org.pagereel.recorder.MixLayout.Fill;

/**
 * How fast a class of four cameras and a whiteboard is mixed, and in how much memory. Not a test of
 * every build: {@code -Dpagereel.mixMinutes=45 -Dtest=MixSpeedTest}.
 */
@EnabledIfSystemProperty(named = "pagereel.mixMinutes", matches = "\\d+")
class MixSpeedTest {
  private static final int MINUTES = Integer.getInteger("pagereel.mixMinutes", 1);

  @TempDir Path folder;

  @Test
  void fourCamerasAndABoard() throws Exception {
    Inputs inputs = new Inputs(folder);
    // A stroke that grows for half of every four seconds on a page of text and pictures.
    inputs.make(
        "-f lavfi -i testsrc2=s=1920x1080:r=15:d=0.07,tpad=stop=-1:stop_mode=clone,trim=duration=60,"
            + "drawbox=x='mod(t,4)*400':y='500+100*sin(t)':w=30:h=30:c=red:t=fill:enable='lt(mod(t,4),2)'"
            + " -c:v libx264 -preset superfast -bf 0 -b:v 1M -g 225"
            + " -color_primaries bt709 -color_trc bt709 -colorspace bt709 -color_range tv board-1.mkv");
    List<MixInput> all = new ArrayList<>();
    Duration length = Duration.ofMinutes(MINUTES);
    Cell board = new Cell(0, 0, 1440, 1080, 0, 0, Fill.FIT);
    all.add(input(lengthen(inputs, "board"), length, board));
    for (int camera = 0; camera < 4; camera++) {
      // A head that moves before a wall, and what a cheap sensor adds.
      inputs.make(
          ("-f lavfi -i mandelbrot=s=640x360:r=15:end_scale=0.2:inner=period,noise=alls=6:allf=t"
                  + " -f lavfi -i sine=f=%d:r=48000 -t 60 -c:v libx264 -preset veryfast -bf 0"
                  + " -b:v 500k -g 60 -pix_fmt yuv420p -c:a libopus -b:a 32k camera%d-1.mkv")
              .formatted(200 + 100 * camera, camera));
      Cell cell = new Cell(1440, 270 * camera, 480, 270, 0, 0, Fill.CROP);
      all.add(input(lengthen(inputs, "camera" + camera), length, cell));
    }
    Path target = folder.resolve("mix.mp4");
    MixPlan plan = new MixPlan(1920, 1080, 15, 1500, 0, length, true, all, target);
    OperatingSystemMXBean process =
        ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class);
    long begin = System.nanoTime();
    long cpuBegin = process.getProcessCpuTime();
    MixResult result = Mixer.mix(plan, new MixProgress());
    double seconds = (System.nanoTime() - begin) / 1e9;
    System.out.printf(
        "mixed %d min in %.1f s, %.1f s of a core: %.1f x real time; %d MB; %s%n",
        MINUTES,
        seconds,
        (process.getProcessCpuTime() - cpuBegin) / 1e9,
        MINUTES * 60 / seconds,
        result.bytes() >> 20,
        memory());
    assertThat(result.missing()).isEmpty();
    assertThat(seconds).isLessThan(MINUTES * 60 / 5.0);
  }

  private Path lengthen(Inputs inputs, String name) throws Exception {
    return inputs.make(
        "-stream_loop %d -i %s-1.mkv -c copy %s.mkv".formatted(MINUTES - 1, name, name));
  }

  private static MixInput input(Path file, Duration length, Cell cell) {
    return new MixInput(file, Duration.ZERO, length, Duration.ZERO, cell, true);
  }

  private static String memory() throws IOException {
    return Files.readAllLines(Path.of("/proc/self/status")).stream()
        .filter(line -> line.startsWith("VmHWM"))
        .findFirst()
        .orElse("");
  }
}
