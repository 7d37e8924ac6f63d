package org.pagereel.server.core.replay;

import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.pagereel.recorder.ReplayRequest;
import org.pagereel.recorder.ReplayResult;
import org.pagereel.server.core.queue.Claim;

/**
 * A task as the store has it.
 *
 * @param face through which API it was asked for
 * @param scope that API's account: an appId
 * @param room the class's room; it has one unfinished task at the most
 * @param subject the group whose messages are replayed
 * @param progress percent of the work that is done; it never becomes less, and 100 is the end of a
 *     task that did not fail
 * @param failedAttempts the number of attempts that failed; one that ended with the server does not
 *     count
 * @param result there when it is finished
 * @param failure there when it failed
 * @param claim the node that works on it
 */
public record ReplayTask(
    long number,
    String id,
    String face,
    String scope,
    String room,
    String subject,
    ReplayRequest request,
    ReplayState state,
    int progress,
    int failedAttempts,
    @Nullable ReplayResult result,
    @Nullable ReplayFailure failure,
    Instant createdAt,
    @Nullable Instant startedAt,
    @Nullable Instant endedAt,
    Claim claim) {

  /** A node begins to work on it, or goes on. */
  ReplayTask begun(Instant now, String node) {
    Instant began = startedAt == null ? now : startedAt;
    return new ReplayTask(
        number,
        id,
        face,
        scope,
        room,
        subject,
        request,
        ReplayState.PROCESSING,
        progress,
        failedAttempts,
        null,
        null,
        createdAt,
        began,
        null,
        claim.by(node));
  }

  ReplayTask at(int percent) {
    return with(state, Math.max(progress, percent), failedAttempts, null, null, startedAt, null);
  }

  ReplayTask broken() {
    return with(state, progress, failedAttempts + 1, null, null, startedAt, null);
  }

  ReplayTask finished(ReplayResult made, Instant now) {
    return with(ReplayState.FINISHED, 100, failedAttempts, made, null, startedAt, now);
  }

  ReplayTask failed(ReplayFailure why, Instant now) {
    return with(ReplayState.FAILED, progress, failedAttempts, null, why, startedAt, now);
  }

  private ReplayTask with(
      ReplayState nextState,
      int percent,
      int broke,
      @Nullable ReplayResult made,
      @Nullable ReplayFailure why,
      @Nullable Instant began,
      @Nullable Instant ended) {
    return new ReplayTask(
        number, id, face, scope, room, subject, request, nextState, percent, broke, made, why,
        createdAt, began, ended, claim);
  }
}
