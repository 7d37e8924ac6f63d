/** The two times: for people, and for measuring. */
@NullMarked
package org.pagereel.server.platform.time;

import org.jspecify.annotations.NullMarked;
