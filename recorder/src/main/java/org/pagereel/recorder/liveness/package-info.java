/** Signs of life: what must give them, how long it may give none, and what that means. */
@NullMarked
package org.pagereel.recorder.liveness;

import org.jspecify.annotations.NullMarked;
