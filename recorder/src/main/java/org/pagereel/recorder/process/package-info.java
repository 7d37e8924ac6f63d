/** The processes of one recording (screen, sound, browser) and how nothing of them is left. */
@NullMarked
package org.pagereel.recorder.process;

import org.jspecify.annotations.NullMarked;
