package org.pagereel.recorder.session;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.pagereel.recorder.RecordingFailure;
import org.pagereel.recorder.browser.PageListener;

/** What a stage has to say before there is a recording. */
class StageNewsTest {
  private final List<String> told = new ArrayList<>();
  private final StageNews news = new StageNews();

  private final class Recording implements PageListener {
    @Override
    public void warning(String kind, String message) {
      told.add(kind + ": " + message);
    }

    @Override
    public void ended(String how) {
      told.add("ended");
    }

    @Override
    public void left(Duration ago) {}

    @Override
    public void failed(RecordingFailure failure) {
      told.add("failed");
    }
  }

  @Test
  void warningsWaitForARecording() {
    news.warning("sound", "early");
    news.ended("early");
    assertThat(told).isEmpty();
    news.tell(new Recording());
    news.warning("page", "late");
    assertThat(told).containsExactly("sound: early", "page: late");
  }

  @Test
  void onlySoManyAreKept() {
    for (int i = 0; i < 1000; i++) {
      news.warning("page", String.valueOf(i));
    }
    news.tell(new Recording());
    assertThat(told).hasSize(20).first().isEqualTo("page: 0");
  }
}
