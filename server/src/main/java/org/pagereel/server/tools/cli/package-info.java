/** The command line: one class per command of ./pagereel. */
@NullMarked
package org.pagereel.server.tools.cli;

import org.jspecify.annotations.NullMarked;
