package org.pagereel.server.faces.agora;

/** The right that a request needs. Every route names one. */
enum Right {
  /** The room and its events. */
  READ,
  /** To say that the page is ready: every member's page says so, and only a recorder's counts. */
  READY,
  /** To create the room, to change its class, to start, hold and stop its recording. */
  CONTROL,
  /** The room's recordings, with links to their files. */
  LIST,
  /** A recording's files without a link. */
  FILES,
  /** The events of all rooms, which are given out once only. */
  POLL
}
