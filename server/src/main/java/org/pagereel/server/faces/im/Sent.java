package org.pagereel.server.faces.im;

import java.time.Instant;

/** The answer to a message's sender: its number in the group and the time at which it was sent. */
public record Sent(long seq, Instant at) {}
