/** The format of text logs. */
@NullMarked
package org.pagereel.server.platform.logging;

import org.jspecify.annotations.NullMarked;
