package org.pagereel.server.platform.config;

import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Collectors;

/** What a node among others is for. */
public enum NodeRole {
  /** Answers clients, and records nothing. */
  API,
  /** Records, and answers no clients: only its own pages, operators, and requests for files. */
  WORKER,
  BOTH;

  static NodeRole of(String written) {
    return Arrays.stream(values())
        .filter(role -> role.toString().equals(written))
        .findFirst()
        .orElseThrow(() ->
            new IllegalArgumentException(
                "role is "
                    + written
                    + "; allowed are "
                    + Arrays.stream(values())
                        .map(NodeRole::toString)
                        .collect(Collectors.joining(", "))));
  }

  public boolean answers() {
    return this != WORKER;
  }

  public boolean records() {
    return this != API;
  }

  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT);
  }
}
