package org.pagereel.server.core.recording;

/** Too many recordings wait for a node that can carry them. */
public final class QueueFull extends RuntimeException {
  private static final long serialVersionUID = 1;

  QueueFull(int most) {
    super(
        most
            + " recordings are waiting for a free recorder already, which is the most allowed"
            + " (recordings.queue); try again later or add a machine");
  }
}
