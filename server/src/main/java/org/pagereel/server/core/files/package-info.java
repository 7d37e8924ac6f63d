/** What recordings and replays have made: how long it is kept, and when it is deleted. */
@NullMarked
package org.pagereel.server.core.files;

import org.jspecify.annotations.NullMarked;
