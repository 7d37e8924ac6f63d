package org.pagereel.server.faces.planted;

import org.pagereel.server.service.Service;

/** A violation that ArchitectureTest must see. */
record KnowsTheService(Service service) {}
