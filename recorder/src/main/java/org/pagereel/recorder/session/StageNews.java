package org.pagereel.recorder.session;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.pagereel.recorder.RecordingFailure;
import org.pagereel.recorder.browser.PageListener;

/**
 * Passes the stage's news on to the recording. While the stage waits for one, warnings are kept for
 * it, and other news are dropped: they come again when the page is opened.
 */
final class StageNews implements PageListener {
  private static final int MAX_KEPT = 20;

  private record Kept(String kind, String message) {}

  private final List<Kept> kept = new ArrayList<>();
  private @Nullable PageListener listener;

  synchronized void tell(PageListener recording) {
    listener = recording;
    kept.forEach(one -> recording.warning(one.kind(), one.message()));
    kept.clear();
  }

  @Override
  public void warning(String kind, String message) {
    PageListener recording = recording();
    if (recording == null) {
      keep(new Kept(kind, message));
    } else {
      recording.warning(kind, message);
    }
  }

  @Override
  public void ended(String how) {
    told().ended(how);
  }

  @Override
  public void left(Duration ago) {
    told().left(ago);
  }

  @Override
  public void failed(RecordingFailure failure) {
    told().failed(failure);
  }

  private PageListener told() {
    return Objects.requireNonNullElse(recording(), PageListener.NOBODY);
  }

  private synchronized @Nullable PageListener recording() {
    return listener;
  }

  private synchronized void keep(Kept one) {
    if (kept.size() < MAX_KEPT) {
      kept.add(one);
    }
  }
}
