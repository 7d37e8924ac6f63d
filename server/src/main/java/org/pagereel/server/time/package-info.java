/** What time it is: for people, and for measuring. */
@NullMarked
package org.pagereel.server.time;

import org.jspecify.annotations.NullMarked;
