/** Makes videos of a class that is over, out of its messages and its files. */
@NullMarked
package org.pagereel.recorder.replay;

import org.jspecify.annotations.NullMarked;
