/** The files of recordings and replays: how long they are kept, and when they are deleted. */
@NullMarked
package org.pagereel.server.core.files;

import org.jspecify.annotations.NullMarked;
