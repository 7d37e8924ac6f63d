package org.pagereel.server.platform.config;

/** To whom the demo room is open. */
public enum DemoRoomOpening {
  EVERYBODY,
  NOBODY,
  /** To everybody, on a server that only its own machine reaches. */
  ON_LOOPBACK;

  static DemoRoomOpening of(boolean isOpen) {
    return isOpen ? EVERYBODY : NOBODY;
  }
}
