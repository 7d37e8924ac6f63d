package org.pagereel.server;

/** {@code -Dpagereel.long=true}: also the cases that are much like others and take long. */
public final class LongForm {
  public static final boolean IS_ON = Boolean.getBoolean("pagereel.long");

  private LongForm() {}

  static boolean isOn() {
    return IS_ON;
  }
}
