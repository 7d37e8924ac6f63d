/** How text logs are written. */
@NullMarked
package org.pagereel.server.platform.logging;

import org.jspecify.annotations.NullMarked;
