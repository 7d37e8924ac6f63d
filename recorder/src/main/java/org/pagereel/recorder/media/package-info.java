/** Screen and sound to slices and MP4. The only home of FFmpeg and of the X client. */
@NullMarked
package org.pagereel.recorder.media;

import org.jspecify.annotations.NullMarked;
