package org.pagereel.recorder.mix;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.lang.foreign.Arena;
import java.lang.foreign.ValueLayout;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.pagereel.recorder.av.Plane;
import org.pagereel.recorder.av.PlaneConversion;

class PlaneScalerTest {
  @ParameterizedTest
  @CsvSource({
    "1920, 1080, 1440, 810",
    "960, 540, 720, 405",
    "960, 540, 1280, 720",
    "1280, 720, 1280, 720",
    "1000, 601, 333, 200",
    "64, 9, 32, 3"
  })
  void changedBandsGiveTheSameAsTheWhole(int fromWidth, int fromHeight, int width, int height) {
    try (Arena arena = Arena.ofConfined();
        PlaneScaler scaler = new PlaneScaler(fromWidth, fromHeight, width, height);
        PlaneConversion whole = new PlaneConversion(fromWidth, fromHeight, width, height)) {
      Plane before = noise(Plane.of(arena, fromWidth, fromHeight));
      Plane bands = Plane.of(arena, width, height);
      assertThat(scaler.scale(before, null, bands)).isTrue();
      for (int row : new int[] {0, fromHeight / 3, fromHeight / 2, fromHeight - 1}) {
        Plane now = Plane.of(arena, fromWidth, fromHeight);
        now.put(before, 0, 0);
        now.fill(0, row, fromWidth, 1, (byte) 255);
        assertThat(scaler.scale(now, before, bands)).isTrue();
        Plane expected = Plane.of(arena, width, height);
        whole.scale(now, expected);
        assertThat(furthest(bands, expected)).isCloseTo(0, within(3));
        before = now;
      }
    }
  }

  @Test
  void nothingChanged() {
    try (Arena arena = Arena.ofConfined();
        PlaneScaler scaler = new PlaneScaler(640, 360, 480, 270)) {
      Plane plane = noise(Plane.of(arena, 640, 360));
      assertThat(scaler.scale(plane, plane, Plane.of(arena, 480, 270))).isFalse();
    }
  }

  private static Plane noise(Plane plane) {
    byte[] pixels = new byte[(int) plane.pixels().byteSize()];
    new Random(1).nextBytes(pixels);
    plane.pixels().asByteBuffer().put(pixels);
    return plane;
  }

  private static int furthest(Plane one, Plane other) {
    int furthest = 0;
    for (int y = 0; y < one.height(); y++) {
      for (int x = 0; x < one.width(); x++) {
        int a = one.pixels().get(ValueLayout.JAVA_BYTE, (long) y * one.stride() + x) & 255;
        int b = other.pixels().get(ValueLayout.JAVA_BYTE, (long) y * other.stride() + x) & 255;
        furthest = Math.max(furthest, Math.abs(a - b));
      }
    }
    return furthest;
  }
}
