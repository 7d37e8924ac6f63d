package org.pagereel.server.faces.tencent;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.pagereel.recorder.StreamsPlan.StreamRule;

/**
 * What {@code RecordControl} asks for (docs/vendors/tencent.md, "RecordControl"). A stream that the
 * list names is recorded as its entry says, and the global fields do not count for it: what its
 * entry leaves out is false.
 *
 * <p>Ids are prefixes, so two entries can fit one stream, and the vendor does not say which counts.
 * Here the longest does: {@code student_7} is meant more particularly than {@code student_}.
 */
final class StreamRules {
  private StreamRules() {}

  static List<StreamRule> of(Fields body) {
    Optional<Fields> control = body.object("RecordControl");
    if (control.isEmpty() || !control.get().requiredFlag("Enabled")) {
      return List.of(StreamRule.ALL);
    }
    Fields fields = control.get();
    List<StreamRule> rules = new ArrayList<>();
    for (Fields stream : fields.objects("StreamControls")) {
      String id = stream.requiredText("StreamId", 128);
      if (id.isEmpty()) {
        throw stream.wrong(
            "StreamId", "the beginning of a user id, tic_record_user, tic_substream");
      }
      rules.add(rule(id, stream));
    }
    rules.sort(Comparator.comparingInt((StreamRule rule) -> rule.prefix().length()).reversed());
    rules.add(rule("", fields));
    return rules;
  }

  private static StreamRule rule(String prefix, Fields fields) {
    StreamRule rule =
        new StreamRule(
            prefix,
            !fields.flag("DisableRecord", false),
            !fields.flag("DisableAudio", false),
            fields.flag("PullSmallVideo", false));
    fields.nothingElse();
    return rule;
  }
}
