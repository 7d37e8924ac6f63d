package org.pagereel.server.core.recording;

/**
 * What a node does for a recording that it works on, or has worked on: the fault table of
 * docs/ARCHITECTURE.md as one pure function. A recorder goes on until somebody else is known to
 * record; nobody but the one whose right is certain speaks for the recording.
 *
 * @param records its recorder goes on, or is started
 * @param publishes it writes what all attempts share: the playlist, the MP4, the report
 * @param announces it changes the row, and so makes events and callbacks
 */
public record Duties(boolean records, boolean publishes, boolean announces) {
  static final Duties ALL = new Duties(true, true, true);

  /** Writes below its own attempt's prefix only. */
  static final Duties RECORD_ONLY = new Duties(true, false, false);

  static final Duties NONE = new Duties(false, false, false);

  /** What the recording's row said when it was last read. */
  public enum Known {
    /** This node has it: owner and epoch are those that it claimed with. */
    OURS,
    /** Another node claimed it later, and has not stored a packet yet. */
    ANOTHER_STARTS,
    /**
     * Another node claimed it later, and records; or its page has put ours out of the room, which
     * proves as much.
     */
    ANOTHER_RECORDS,
    /** It is over, or told to end by another owner; or there is no such recording any more. */
    OVER
  }

  /**
   * Decides.
   *
   * @param leaseHeld whether this node's lease is held by its own steady clock
   * @param known the row's last words, however old
   */
  public static Duties of(boolean leaseHeld, Known known) {
    return switch (known) {
      case OURS -> leaseHeld ? ALL : RECORD_ONLY;
      case ANOTHER_STARTS -> RECORD_ONLY;
      case ANOTHER_RECORDS, OVER -> NONE;
    };
  }
}
