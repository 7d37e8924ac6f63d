package org.pagereel.server.core.recording;

import org.pagereel.recorder.FailureCategory;

/**
 * Why a recording did not end as it should.
 *
 * @param unready its page was never ready
 */
public record Failure(FailureCategory category, String message, boolean unready) {}
