/** Slices of a recording: written as they grow, repaired, listed, and put together as MP4. */
@NullMarked
package org.pagereel.recorder.slices;

import org.jspecify.annotations.NullMarked;
