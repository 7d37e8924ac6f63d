package org.pagereel.server.faces.im;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A group as it is stored.
 *
 * @param number its own for ever; an id may be used again after a group was dissolved
 * @param lastSeq of the newest message, kept or not; 0 before the first
 * @param lastAt the time at which it was sent; without one, the time at which the group was made
 * @param destroyedAt null while it lives
 */
public record Group(
    long number,
    long sdkAppId,
    String id,
    GroupType type,
    long lastSeq,
    Instant lastAt,
    @Nullable Instant destroyedAt) {}
