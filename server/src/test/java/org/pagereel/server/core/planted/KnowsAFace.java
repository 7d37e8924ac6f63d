package org.pagereel.server.core.planted;

import org.pagereel.server.faces.Face;

/** A violation that ArchitectureTest must see. */
record KnowsAFace(Face face) {}
