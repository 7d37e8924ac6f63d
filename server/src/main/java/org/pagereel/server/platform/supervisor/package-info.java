/** Owns recorder processes: starts them, talks to them, and tidies up after one that died. */
@NullMarked
package org.pagereel.server.platform.supervisor;

import org.jspecify.annotations.NullMarked;
