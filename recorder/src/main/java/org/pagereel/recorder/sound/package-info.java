/** The page's sound: taken at its time, placed on the timeline, and encoded. */
@NullMarked
package org.pagereel.recorder.sound;

import org.jspecify.annotations.NullMarked;
