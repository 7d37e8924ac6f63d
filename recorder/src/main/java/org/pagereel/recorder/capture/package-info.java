/** Screen and sound of a page, recorded together. */
@NullMarked
package org.pagereel.recorder.capture;

import org.jspecify.annotations.NullMarked;
