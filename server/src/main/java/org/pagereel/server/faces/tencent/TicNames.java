package org.pagereel.server.faces.tencent;

import org.pagereel.recorder.StreamNames;

/** The vendor's names of streams (docs/vendors/tencent.md, "RecordControl"). */
final class TicNames {
  /** The whiteboard, and what a shared screen's name begins with. */
  static final StreamNames STREAMS = new StreamNames("tic_record_user", "tic_substream_");

  /** A place for any shared screen. */
  static final String ANY_SCREEN = "tic_substream";

  private TicNames() {}
}
