/** After the class: its messages and files become videos, much faster than the class took. */
@NullMarked
package org.pagereel.recorder.replay;

import org.jspecify.annotations.NullMarked;
