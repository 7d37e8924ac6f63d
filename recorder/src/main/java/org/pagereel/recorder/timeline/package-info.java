/** The clock of a recording, and the media time that passes on it: holds and pauses take none. */
@NullMarked
package org.pagereel.recorder.timeline;

import org.jspecify.annotations.NullMarked;
