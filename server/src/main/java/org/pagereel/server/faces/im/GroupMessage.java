package org.pagereel.server.faces.im;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A message of a group's history.
 *
 * @param seq its number in the group, from 1, without gaps
 * @param random the sender's, 0 to 4294967295
 * @param priority High, Normal or Low
 * @param body the array {@code MsgBody}, as JSON
 */
public record GroupMessage(
    long seq,
    String sender,
    long random,
    Instant at,
    String priority,
    String body,
    @Nullable String cloudData) {}
