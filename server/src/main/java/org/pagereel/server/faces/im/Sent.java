package org.pagereel.server.faces.im;

import java.time.Instant;

/** What the sender of a message is told: its number in the group and when it was sent. */
public record Sent(long seq, Instant at) {}
