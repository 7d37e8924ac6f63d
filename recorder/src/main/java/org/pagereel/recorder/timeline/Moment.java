package org.pagereel.recorder.timeline;

/**
 * A moment that is recorded.
 *
 * @param media its media time, in microseconds
 * @param span number of the stretch between two pauses that it lies in
 * @param spanStart media time at which that stretch begins
 */
public record Moment(long media, int span, long spanStart) {}
