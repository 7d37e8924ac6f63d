package org.pagereel.recorder.browser;

import java.time.Duration;
import org.pagereel.recorder.RecordingFailure;

/** Told what the page does beside being looked at; called by the thread that pumps. */
public interface PageListener {
  /** Nobody listens: what a page would do beside being looked at is refused all the same. */
  PageListener NOBODY = new Nobody();

  /**
   * The page wanted something that a recording refuses, or shows a defect.
   *
   * @param kind {@code dialog}, {@code popup}, {@code download}, …
   */
  void warning(String kind, String message);

  /** The page asks to end the recording. */
  void ended(String how);

  /**
   * The page is out of its room, so that what it shows is no class any more.
   *
   * @param ago how long since
   */
  void left(Duration ago);

  /** The page or its browser can show nothing more. */
  void failed(RecordingFailure failure);

  /** See {@link #NOBODY}. */
  final class Nobody implements PageListener {
    private Nobody() {}

    @Override
    public void warning(String kind, String message) {}

    @Override
    public void ended(String how) {}

    @Override
    public void left(Duration ago) {}

    @Override
    public void failed(RecordingFailure failure) {}
  }
}
