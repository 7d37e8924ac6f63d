/** A recording that went on at another node: its parts as one. */
@NullMarked
package org.pagereel.recorder.parts;

import org.jspecify.annotations.NullMarked;
