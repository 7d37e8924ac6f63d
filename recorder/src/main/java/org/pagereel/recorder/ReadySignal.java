package org.pagereel.recorder;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;

/**
 * What tells that the page is ready to be recorded. How each is watched for stands in {@code
 * browser.ReadyWatch}; a new signal is one record here and one watch there.
 */
public sealed interface ReadySignal {
  /** The forms that {@link #parse} reads, for help and errors. */
  String FORMS = "load, notify, console, put and selector:CSS";

  /** The page's load event. */
  record Load() implements ReadySignal {}

  /** The page calls {@code navigator.notifyReady()}. */
  record Notify() implements ReadySignal {}

  /** The page logs {@code START_RECORDING}. */
  record Console() implements ReadySignal {}

  /** The page sends {@code PUT …/records/ready} to whatever host. */
  record Put() implements ReadySignal {}

  /** An element that matches the CSS selector is visible. */
  record Selector(String css) implements ReadySignal {}

  /**
   * Reads one of the {@link #FORMS}.
   *
   * @throws IllegalArgumentException it is none of them
   */
  @JsonCreator
  static ReadySignal parse(String text) {
    return switch (text) {
      case "load" -> new Load();
      case "notify" -> new Notify();
      case "console" -> new Console();
      case "put" -> new Put();
      default -> {
        if (text.startsWith("selector:") && text.length() > "selector:".length()) {
          yield new Selector(text.substring("selector:".length()));
        }
        throw new IllegalArgumentException(
            "ready is '" + text + "'; allowed are " + FORMS + " (such as selector:#ready)");
      }
    };
  }

  /** The form that {@link #parse} reads. */
  @JsonValue
  default String text() {
    return switch (this) {
      case Load() -> "load";
      case Notify() -> "notify";
      case Console() -> "console";
      case Put() -> "put";
      case Selector(String css) -> "selector:" + css;
    };
  }

  /** What a page has failed to do that did not give the signal, in words. */
  default String missing() {
    return switch (this) {
      case Load() -> "it did not finish loading";
      case Notify() -> "it did not call navigator.notifyReady()";
      case Console() -> "it did not log START_RECORDING";
      case Put() -> "it sent no PUT …/records/ready";
      case Selector(String css) -> "no visible element matches " + css;
    };
  }
}
