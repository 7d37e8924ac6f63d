/** Work that waits, and which node does it: recordings, replays, whatever else takes its time. */
@NullMarked
package org.pagereel.server.core.queue;

import org.jspecify.annotations.NullMarked;
