package org.pagereel.server.faces.classes;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The name that a stream of a TRTC room has in live broadcasting unless it was given another: app,
 * room, user, and {@code main} or {@code aux}, the latter for a shared screen. Rooms and users may
 * have underscores themselves.
 */
final class StreamName {
  private static final Pattern FORM = Pattern.compile("(\\d{1,18})_(.+_.+)_(main|aux)");

  private final String name;
  private final Matcher parts;

  StreamName(String name) {
    this.name = name;
    this.parts = FORM.matcher(name);
    parts.matches();
  }

  Kind kind() {
    return name.endsWith("_aux") ? Kind.SCREEN : Kind.CAMERA;
  }

  /** The app's number; empty for a name of another form. */
  String app() {
    return parts.hasMatch() ? parts.group(1) : "";
  }

  /** Every way to tell the room from the user, the shortest room first. */
  List<StreamOwner> readings() {
    List<StreamOwner> readings = new ArrayList<>();
    String both = parts.hasMatch() ? parts.group(2) : "";
    for (int at = both.indexOf('_', 1); at > 0; at = both.indexOf('_', at + 1)) {
      if (at < both.length() - 1) {
        readings.add(new StreamOwner(both.substring(0, at), both.substring(at + 1)));
      }
    }
    return readings;
  }
}
