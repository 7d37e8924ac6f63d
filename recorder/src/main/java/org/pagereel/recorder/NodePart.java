package org.pagereel.recorder;

import java.time.Duration;
import java.util.OptionalLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What one node records of a recording that may go on at another one. It lies in a folder of its
 * own, beside the other parts: nobody else writes there, so two nodes that both record overwrite
 * nothing.
 *
 * @param epoch of the node's claim, from 1; a later part has a higher one
 * @param clockAhead what the time that all nodes share is ahead of this machine's clock
 * @param handedOver the part before this one goes on until this one has its first picture
 */
public record NodePart(long epoch, Duration clockAhead, boolean handedOver) {
  private static final Pattern FOLDER = Pattern.compile("epoch-([1-9][0-9]{0,17})");

  public NodePart {
    Range.require("epoch", epoch, 1L, Long.MAX_VALUE);
  }

  /** The same, while the part before it goes on. */
  public NodePart whileEarlierGoesOn() {
    return new NodePart(epoch, clockAhead, true);
  }

  /** The name of a part's folder, in the recording's. */
  public static String folder(long epoch) {
    return "epoch-" + epoch;
  }

  /** The epoch of the part that has a folder of this name; empty if that is no part's. */
  public static OptionalLong epoch(String folder) {
    Matcher name = FOLDER.matcher(folder);
    return name.matches() ? OptionalLong.of(Long.parseLong(name.group(1))) : OptionalLong.empty();
  }
}
