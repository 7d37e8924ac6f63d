package org.pagereel.server.tools.bench;

/** The load on the machine while sound is measured. */
public enum SoundLoad {
  /** Nothing. */
  ALONE,
  /** One process that does nothing but use a processor. */
  LOOP,
  /** Two recordings of the demo class, by ourselves. */
  CLASSES;

  public String title() {
    return switch (this) {
      case ALONE -> "alone";
      case LOOP -> "one loop";
      case CLASSES -> "two classes";
    };
  }
}
