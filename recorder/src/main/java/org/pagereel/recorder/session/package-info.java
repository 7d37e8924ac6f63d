/** One recording from the first command to the last file, and the repair of one that died. */
@NullMarked
package org.pagereel.recorder.session;

import org.jspecify.annotations.NullMarked;
