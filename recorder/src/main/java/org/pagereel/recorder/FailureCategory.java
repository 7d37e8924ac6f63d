package org.pagereel.recorder;

/** Names who can mend a failure; decides retry, HTTP status and alert. */
public enum FailureCategory {
  /** The request is wrong: a bad address, size or folder. Retrying the same is pointless. */
  USER,
  /** The page is at fault: unreachable, an error status, never ready, crashed. */
  PAGE,
  /** The machine is at its limit: disk, memory. Another machine may do better. */
  CAPACITY,
  /** A part of the recorder died or misbehaved. A retry is worth it. */
  INTERNAL
}
