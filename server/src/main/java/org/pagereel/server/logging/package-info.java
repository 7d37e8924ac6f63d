/** How text logs are written. */
@NullMarked
package org.pagereel.server.logging;

import org.jspecify.annotations.NullMarked;
