package org.pagereel.recorder.session;

import org.pagereel.recorder.RecordingFailure;
import org.pagereel.recorder.browser.PageListener;

/** Passes the stage's news on to the recording; a stage that waits for one has nobody to tell. */
final class StageNews implements PageListener {
  private volatile PageListener listener = new Nobody();

  void tell(PageListener recording) {
    listener = recording;
  }

  @Override
  public void warning(String kind, String message) {
    listener.warning(kind, message);
  }

  @Override
  public void ended(String how) {
    listener.ended(how);
  }

  @Override
  public void failed(RecordingFailure failure) {
    listener.failed(failure);
  }

  /** What fails while a stage waits is seen again when the page is opened. */
  private static final class Nobody implements PageListener {
    @Override
    public void warning(String kind, String message) {}

    @Override
    public void ended(String how) {}

    @Override
    public void failed(RecordingFailure failure) {}
  }
}
