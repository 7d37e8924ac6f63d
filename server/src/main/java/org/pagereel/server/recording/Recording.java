package org.pagereel.server.recording;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A recording as the store has it.
 *
 * @param number grows with every recording
 * @param face through which API it was asked for
 * @param scope that API's account: an appId
 * @param subject what is recorded: a roomUuid; a subject has one running recording at the most
 * @param ticket hash of the secret by which its own recorder is known
 * @param extra what the face wants to remember, as JSON
 * @param reason the last one announced
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
    Instant createdAt,
    @Nullable Instant startedAt,
    @Nullable Instant endedAt) {

  public RecordingState state() {
    return status.state();
  }

  public boolean isRunning() {
    return state().isRunning();
  }

  Recording with(Decision decision, Instant now) {
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
        createdAt,
        starts ? now : startedAt,
        ends ? now : endedAt);
  }

  Recording wanting(Desired wanted) {
    return new Recording(
        number, id, face, scope, subject, spec, ticket, extra, wanted, status, reason, createdAt,
        startedAt, endedAt);
  }
}
