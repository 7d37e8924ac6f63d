package org.pagereel.recorder.planted;

import org.pagereel.server.service.Service;

/** A violation that ArchitectureTest must see. */
record KnowsTheServer(Service service) {}
