package org.pagereel.server.core.recording;

import org.jdbi.v3.core.Handle;

/** Tells whichever node it is that a row says something new, with the transaction that says it. */
public interface Wake {
  /** Of a server with a store of its own: what it changes it knows. */
  Wake NOBODY =
      new Wake() {
        @Override
        public void owner(Handle transaction, Recording recording) {}

        @Override
        public void queue(Handle transaction) {}
      };

  /** The owner of a recording should look at its row. */
  void owner(Handle transaction, Recording recording);

  /** Something waits that did not. */
  void queue(Handle transaction);
}
