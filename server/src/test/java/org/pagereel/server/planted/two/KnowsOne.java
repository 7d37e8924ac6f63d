package org.pagereel.server.planted.two;

import org.jspecify.annotations.Nullable;
import org.pagereel.server.planted.one.KnowsTwo;

/** A violation that ArchitectureTest must see. */
public record KnowsOne(@Nullable KnowsTwo one) {}
