/** The settings of an operator, with defaults, units and clear errors. */
@NullMarked
package org.pagereel.server.platform.config;

import org.jspecify.annotations.NullMarked;
