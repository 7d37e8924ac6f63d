package org.pagereel.server;

/** {@code -Dpagereel.long=true}: also the cases that are much like others and take long. */
public final class LongForm {
  private LongForm() {}

  public static boolean isOn() {
    return Boolean.getBoolean("pagereel.long");
  }
}
