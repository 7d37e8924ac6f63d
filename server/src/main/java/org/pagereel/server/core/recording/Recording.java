package org.pagereel.server.core.recording;

import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.pagereel.server.core.files.FileStore;
import org.pagereel.server.core.files.RecordingResult;
import org.pagereel.server.core.queue.Claim;

/**
 * A recording as the store has it.
 *
 * @param number grows with every recording
 * @param face through which API it was asked for
 * @param scope that API's account: an appId
 * @param subject the recorded thing: a roomUuid; it has one running recording at the most
 * @param ticket hash of the secret by which its own recorder is known
 * @param extra the face's own data, as JSON
 * @param reason the last one announced
 * @param ended the cause of its end; null while it goes on, or if nobody knows
 * @param elapsed the recorded time; null before its page was ready
 * @param result what it has made, once that is complete; null before that, in rows of earlier
 *     versions, and if there was nothing to read: see {@link #resultIn}
 * @param claim the node that works on it
 * @param filesDeletedAt the time at which its files were deleted; null while they exist, and if its
 *     face notes that elsewhere
 */
public record Recording(
    long number,
    String id,
    String face,
    String scope,
    String subject,
    RecordingSpec spec,
    String ticket,
    String extra,
    Desired desired,
    Status status,
    @Nullable Reason reason,
    @Nullable EndCause ended,
    Instant createdAt,
    @Nullable Instant startedAt,
    @Nullable Instant endedAt,
    @Nullable ElapsedTime elapsed,
    @Nullable RecordingResult result,
    Claim claim,
    @Nullable Instant filesDeletedAt) {

  public RecordingState state() {
    return status.state();
  }

  public boolean isRunning() {
    return state().isRunning();
  }

  /** What it has made: its row says it, or else its folder. */
  public RecordingResult resultIn(FileStore files) {
    return result == null ? files.recordedSoFar(id) : result;
  }

  Recording with(Decision decision, Happening happening, Instant now) {
    Status next = decision.next();
    boolean starts = startedAt == null && next.tries().announced();
    boolean ends = endedAt == null && !next.state().isRunning();
    return new Recording(
        number,
        id,
        face,
        scope,
        subject,
        spec,
        ticket,
        extra,
        desired,
        next,
        decision.reason().orElse(reason),
        next.state().isRunning() ? ended : endedBy(next, happening),
        createdAt,
        starts ? now : startedAt,
        ends ? now : endedAt,
        elapsed,
        result,
        claim,
        filesDeletedAt);
  }

  private @Nullable EndCause endedBy(Status next, Happening happening) {
    // A stop that was on its way to a recorder which had ended by itself did not end it.
    boolean byItself =
        happening instanceof Happening.Ending(EndCause how)
            && (how == EndCause.PAGE || how == EndCause.IDLE);
    if (ended != null && !(ended == EndCause.ASKED && byItself)) {
      return ended;
    }
    if (happening instanceof Happening.Ending(EndCause by)) {
      return by;
    }
    boolean failed =
        next instanceof Status.Failed
            || (next instanceof Status.Finishing finishing && finishing.failure() != null);
    return failed ? EndCause.FAILURE : desired == Desired.STOP ? EndCause.ASKED : null;
  }

  Recording wanting(Desired wanted, @Nullable EndCause by) {
    return with(wanted, by, elapsed, result, claim);
  }

  Recording after(@Nullable ElapsedTime counted) {
    return with(desired, ended, counted, result, claim);
  }

  Recording having(@Nullable RecordingResult made) {
    return with(desired, ended, elapsed, made, claim);
  }

  Recording claimedBy(String node) {
    return with(desired, ended, elapsed, result, claim.by(node));
  }

  private Recording with(
      Desired wanted,
      @Nullable EndCause by,
      @Nullable ElapsedTime counted,
      @Nullable RecordingResult made,
      Claim claimed) {
    return new Recording(
        number,
        id,
        face,
        scope,
        subject,
        spec,
        ticket,
        extra,
        wanted,
        status,
        reason,
        by,
        createdAt,
        startedAt,
        endedAt,
        counted,
        made,
        claimed,
        filesDeletedAt);
  }
}
