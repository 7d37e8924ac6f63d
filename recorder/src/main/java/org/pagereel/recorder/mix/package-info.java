/** Puts several videos and sounds into one: pictures by a layout, all sounds together. */
@NullMarked
package org.pagereel.recorder.mix;

import org.jspecify.annotations.NullMarked;
