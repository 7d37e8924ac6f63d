package org.pagereel.server.faces.im;

/** Numbers of messages, both ends included. */
public record SeqRange(long from, long to) {
  public SeqRange {
    if (from < 1 || to < from) {
      throw new IllegalArgumentException("No range of messages: " + from + " to " + to);
    }
  }

  public long size() {
    return to - from + 1;
  }
}
