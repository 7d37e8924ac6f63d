/** Screen and sound to slices and MP4. Home of FFmpeg, with {@code mix}, and of the X client. */
@NullMarked
package org.pagereel.recorder.media;

import org.jspecify.annotations.NullMarked;
