/** The commands on a recorder's stdin and the events on its stdout: one JSON object a line. */
@NullMarked
package org.pagereel.recorder.wire;

import org.jspecify.annotations.NullMarked;
