/** What an operator may set, with defaults, units and loud errors. */
@NullMarked
package org.pagereel.server.platform.config;

import org.jspecify.annotations.NullMarked;
