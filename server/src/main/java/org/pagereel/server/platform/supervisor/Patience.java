package org.pagereel.server.platform.supervisor;

import java.time.Duration;

/**
 * How long a recorder may say nothing before that proves it dead.
 *
 * @param look the time between two looks of whoever waits
 * @param silence a recorder whose page is open says something every second
 * @param silenceAfterStop one that completes files does every four seconds; before that it takes
 *     down its browser
 */
public record Patience(Duration look, Duration silence, Duration silenceAfterStop) {
  public static final Patience DEFAULT =
      new Patience(Duration.ofSeconds(2), Duration.ofSeconds(15), Duration.ofSeconds(60));
}
