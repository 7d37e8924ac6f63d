package org.pagereel.server.faces.tencent;

import java.util.List;
import java.util.Set;
import org.pagereel.server.platform.http.Quote;

/** {@code Extras}: what is asked for beside the rest, of which there is one thing. */
final class Extras {
  /** One spelling is documented; the documents' own samples have the other two. */
  private static final Set<String> MIX = Set.of("MIX_STREAM", "mix_stream", "MixStream");

  private Extras() {}

  /**
   * Whether a mixed video is asked for.
   *
   * @throws TiwError InvalidExtra
   */
  static boolean mix(Fields body) {
    List<String> extras = body.texts("Extras");
    for (String extra : extras) {
      if (!MIX.contains(extra)) {
        throw TiwCode.INVALID_EXTRA.error(
            "Extras has " + Quote.of(extra) + "; allowed: MIX_STREAM");
      }
    }
    return !extras.isEmpty();
  }
}
