package org.pagereel.server.agora;

import org.jspecify.annotations.Nullable;

/**
 * What a token says.
 *
 * @param userUuid for whom it was made; null for the whole app
 * @param roomUuid the only room it is good for; null for all
 */
record Claims(@Nullable String userUuid, @Nullable String roomUuid) {}
