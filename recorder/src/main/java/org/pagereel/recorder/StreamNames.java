package org.pagereel.recorder;

import org.jspecify.annotations.Nullable;
import org.pagereel.recorder.StreamFiles.Kind;

/**
 * The names by which a plan's rules and places know streams. A camera has its user's id; what has
 * none of its own is named as the API's clients do it, so that their prefixes match it.
 *
 * @param whiteboard name of the page itself
 * @param screenPrefix the name of a shared screen is this and its user's id
 */
public record StreamNames(String whiteboard, String screenPrefix) {
  public static final StreamNames DEFAULT = new StreamNames("@whiteboard", "@screen_");

  /**
   * Of plans that were stored before they said it: one vendor's names were everybody's. Such plans
   * are in rows of the store and in journals of recordings, which a later version still completes.
   */
  static final StreamNames EARLIER = new StreamNames("tic_record_user", "tic_substream_");

  public String of(Kind kind, String userId) {
    return kind == Kind.SCREEN ? screenPrefix + userId : userId;
  }

  /** Whether a place that belongs to streams with this prefix is the whiteboard's. */
  public boolean isWhiteboard(@Nullable String prefix) {
    return prefix != null && prefix.startsWith(whiteboard);
  }
}
