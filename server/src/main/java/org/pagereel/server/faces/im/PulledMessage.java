package org.pagereel.server.faces.im;

import java.time.Instant;
import tools.jackson.databind.JsonNode;

/**
 * A message of a group's history as a server gave it.
 *
 * @param seq its number in the group, from 1
 * @param at to the second
 * @param body the array {@code MsgBody}
 */
public record PulledMessage(long seq, String sender, long random, Instant at, JsonNode body) {}
