package org.pagereel.server.core.recording;

import java.util.List;
import java.util.Optional;

/**
 * What follows from a happening: stored first, then announced, then done.
 *
 * @param reason the reason to announce, if any
 */
public record Decision(Status next, Optional<Reason> reason, List<Effect> effects) {
  static Decision to(Status next, Effect... effects) {
    return new Decision(next, Optional.empty(), List.of(effects));
  }

  Decision announcing(Reason why) {
    return new Decision(next, Optional.of(why), effects);
  }
}
