/** What a class's folder says of the class, whatever vendor's clients it had. */
@NullMarked
package org.pagereel.recorder.folder;

import org.jspecify.annotations.NullMarked;
