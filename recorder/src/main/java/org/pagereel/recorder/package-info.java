/** The words that all of the recorder shares: what is asked, and how it can fail. */
@NullMarked
package org.pagereel.recorder;

import org.jspecify.annotations.NullMarked;
