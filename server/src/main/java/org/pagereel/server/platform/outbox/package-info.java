/** Callbacks that must arrive: stored, sent in order, tried again. */
@NullMarked
package org.pagereel.server.platform.outbox;

import org.jspecify.annotations.NullMarked;
