package org.pagereel.server.platform.supervisor;

import org.pagereel.recorder.wire.Command;

/** A recorder at work for one attempt: hears orders, tells events until it is let go of. */
public interface Recorder {
  /** The process from which all of its others descend. */
  long pid();

  void send(Command command);

  /** Ends it; nothing more is heard of it or written by it. */
  void kill();
}
