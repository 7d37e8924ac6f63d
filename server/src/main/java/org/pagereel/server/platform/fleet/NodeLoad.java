package org.pagereel.server.platform.fleet;

/**
 * What a node works on, and what it could take.
 *
 * @param recordings that it works on
 * @param room for so many more recordings of the usual kind, as measured; may be a part of one
 * @param warm recorders that wait there with an open browser
 */
public record NodeLoad(int recordings, double room, int warm) {
  /** Of a node that records nothing: it only answers its API. */
  public static final NodeLoad NONE = new NodeLoad(0, 0, 0);

  /** What is left of it when so many more have been sent there. */
  NodeLoad after(int sent) {
    return new NodeLoad(recordings + sent, room - sent, warm - sent);
  }

  /** Whether there is room for one more. */
  boolean hasRoom() {
    return room >= 1;
  }
}
