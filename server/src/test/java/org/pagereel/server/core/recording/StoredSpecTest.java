package org.pagereel.server.core.recording;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.pagereel.recorder.PageSize;
import org.pagereel.recorder.PageSpec;
import org.pagereel.recorder.PictureSpec;
import org.pagereel.recorder.ReadySignal;
import org.pagereel.recorder.SoundProfile;
import org.pagereel.recorder.StreamNames;
import org.pagereel.recorder.StreamsPlan;

/** A recording that an earlier version accepted is recorded by this one. */
class StoredSpecTest {
  private static final RecordingSpec PAGE =
      new RecordingSpec(
          new PageSpec(
              "https://example.com/?a=b",
              new PageSize(854, 480),
              new ReadySignal.Selector("#ready"),
              Duration.ofMillis(20_500)),
          new PictureSpec(25, 1500),
          new SoundProfile(1, 48),
          null,
          new RecordingSpec.Limits(Duration.ofHours(2), null));

  @Test
  void readsWhatItWrites() {
    assertThat(StoredSpec.read(StoredSpec.write(PAGE))).isEqualTo(PAGE);
    RecordingSpec streams =
        new RecordingSpec(
            PAGE.page(),
            PAGE.picture(),
            PAGE.sound(),
            StreamsPlan.EACH,
            new RecordingSpec.Limits(Duration.ofDays(1), Duration.ofMinutes(90)));
    assertThat(StoredSpec.read(StoredSpec.write(streams))).isEqualTo(streams);
  }

  @Test
  void readsTheFlatShapeOfEarlierVersions() {
    String flat =
        """
        {"url":"https://example.com/?a=b","width":854,"height":480,"fps":25,"bitrateKbps":1500,
        "soundChannels":1,"soundKbps":48,"ready":"selector:#ready","readyTimeoutMillis":20500,
        "maxDurationMillis":7200000%s}\
        """;
    assertThat(StoredSpec.read(flat.formatted(""))).isEqualTo(PAGE);
    String streams =
        """
        ,"maxPauseMillis":5400000,"streams":{"concat":true,"audioFiles":false,"rules":[
        {"prefix":"","record":true,"sound":true,"small":false}],"idleStopSeconds":300}\
        """;
    RecordingSpec read = StoredSpec.read(flat.formatted(streams));
    assertThat(read.limits().maxPause()).isEqualTo(Duration.ofMinutes(90));
    assertThat(read.streams())
        .isEqualTo(
            new StreamsPlan(
                true,
                null,
                false,
                null,
                List.of(StreamsPlan.StreamRule.ALL),
                new StreamNames("tic_record_user", "tic_substream_"),
                300));
  }
}
