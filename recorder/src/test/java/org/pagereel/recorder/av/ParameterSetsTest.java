package org.pagereel.recorder.av;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HexFormat;
import org.junit.jupiter.api.Test;

class ParameterSetsTest {
  @Test
  void bothAreFoundWhateverTheStartCodes() {
    byte[] keyframe =
        hex("00000001" + "6742c01f" + "000001" + "68ce3c80" + "00000001" + "65880001");
    assertThat(ParameterSets.of(keyframe))
        .isEqualTo(hex("00000001" + "6742c01f" + "00000001" + "68ce3c80"));
  }

  @Test
  void aPictureWithoutThemHasNone() {
    assertThat(ParameterSets.of(hex("0000000165880001"))).isEmpty();
    assertThat(ParameterSets.of(new byte[0])).isEmpty();
  }

  private static byte[] hex(String digits) {
    return HexFormat.of().parseHex(digits);
  }
}
