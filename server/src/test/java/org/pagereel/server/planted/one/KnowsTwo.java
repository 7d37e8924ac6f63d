package org.pagereel.server.planted.one;

import org.pagereel.server.planted.two.KnowsOne;

/** A violation that ArchitectureTest must see. */
public record KnowsTwo(KnowsOne two) {}
