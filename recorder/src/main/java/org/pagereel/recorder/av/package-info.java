/**
 * The only home of FFmpeg: encoders, decoders, files, pictures and sound. Nothing outside sees a
 * type of its libraries.
 */
@NullMarked
package org.pagereel.recorder.av;

import org.jspecify.annotations.NullMarked;
