package org.pagereel.recorder.browser;

import org.pagereel.recorder.RecordingFailure;

/** Told what the page does beside being looked at; called by the thread that pumps. */
public interface PageListener {
  /**
   * The page wanted something that a recording refuses, or shows a defect.
   *
   * @param kind {@code dialog}, {@code popup}, {@code download}, …
   */
  void warning(String kind, String message);

  /** The page asks to end the recording. */
  void ended(String how);

  /** The page or its browser can show nothing more. */
  void failed(RecordingFailure failure);
}
