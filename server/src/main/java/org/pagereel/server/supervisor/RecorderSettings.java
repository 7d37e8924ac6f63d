package org.pagereel.server.supervisor;

import org.jspecify.annotations.Nullable;

/**
 * What all recorders of a node have in common.
 *
 * @param node begins the label of all its processes: letters and digits
 * @param proxy host:port that pages go through; null for none
 */
public record RecorderSettings(String node, @Nullable String proxy) {
  String label(String name) {
    return node + "-" + name;
  }
}
