package org.pagereel.server.faces.classes;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import org.pagereel.server.faces.im.Body;

/** The content of a video; the vendor's messages do not say it, ours do. */
enum Kind {
  CAMERA,
  SCREEN,
  FILM;

  String word() {
    return name().toLowerCase(Locale.ROOT);
  }

  /**
   * The field of this name; without it a camera.
   *
   * @throws org.pagereel.server.faces.im.ImError 10004
   */
  static Kind of(Body body, String field) {
    Optional<String> word = body.text(field, 20).filter(text -> !text.isEmpty());
    return Arrays.stream(values())
        .filter(kind -> kind.word().equals(word.orElse(CAMERA.word())))
        .findFirst()
        .orElseThrow(() -> body.wrong(field, "camera, screen, film"));
  }
}
