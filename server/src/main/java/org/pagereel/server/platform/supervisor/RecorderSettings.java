package org.pagereel.server.platform.supervisor;

import org.jspecify.annotations.Nullable;
import org.pagereel.recorder.PageNetwork;

/**
 * What all recorders of a node have in common.
 *
 * @param node begins the label of all its processes: letters and digits
 * @param proxy host:port that pages go through; null for none
 * @param network the other settings for pages' traffic
 */
public record RecorderSettings(String node, @Nullable String proxy, PageNetwork network) {
  /** With nothing set up but the proxy. */
  public RecorderSettings(String node, @Nullable String proxy) {
    this(node, proxy, PageNetwork.FREE);
  }

  String label(String name) {
    return node + "-" + name;
  }
}
