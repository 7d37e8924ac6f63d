/** The page's screen: when it changed, what it shows, and the encoded pictures of it. */
@NullMarked
package org.pagereel.recorder.screen;

import org.jspecify.annotations.NullMarked;
