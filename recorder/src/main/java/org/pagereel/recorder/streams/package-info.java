/** Records each participant's stream by itself, as the page hands it over, and makes its files. */
@NullMarked
package org.pagereel.recorder.streams;

import org.jspecify.annotations.NullMarked;
