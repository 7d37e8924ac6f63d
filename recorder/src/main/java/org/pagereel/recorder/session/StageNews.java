package org.pagereel.recorder.session;

import org.pagereel.recorder.RecordingFailure;
import org.pagereel.recorder.browser.PageListener;

/** Passes the stage's news on to the recording; a stage that waits for one has nobody to tell. */
final class StageNews implements PageListener {
  private volatile PageListener listener = PageListener.NOBODY;

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
}
