package org.pagereel.server.faces.tencent;

import java.util.Optional;
import org.pagereel.recorder.MixLayout;

/** The parameter {@code MixStream} (docs/vendors/tencent.md, "MixStream"). */
final class MixRequest {
  private MixRequest() {}

  /** Empty when nothing is to be mixed; what is not enabled is read no further. */
  static Optional<MixLayout> of(Fields body) {
    Optional<Fields> mix = body.object("MixStream");
    if (mix.isEmpty() || !mix.get().requiredFlag("Enabled")) {
      return Optional.empty();
    }
    Fields fields = mix.get();
    boolean sound = !fields.flag("DisableAudio", false);
    Optional<Long> model = fields.number("ModelId");
    String teacher = fields.text("TeacherId", "", 128);
    Optional<Fields> custom = fields.object("Custom");
    fields.nothingElse();
    if (custom.isPresent()) {
      return CustomLayout.of(custom.get(), sound); // ModelId and TeacherId do not count then
    }
    int template = model.filter(id -> id == 1 || id == 2).map(Long::intValue).orElse(0);
    if (template == 0) {
      throw fields.wrong("ModelId", "1 and 2, or Custom in its place");
    }
    return Optional.of(Template.of(template, teacher.isEmpty() ? null : teacher, sound));
  }
}
