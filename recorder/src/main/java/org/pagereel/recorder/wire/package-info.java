/** What a recorder process is told on stdin and tells on stdout: one JSON object a line. */
@NullMarked
package org.pagereel.recorder.wire;

import org.jspecify.annotations.NullMarked;
