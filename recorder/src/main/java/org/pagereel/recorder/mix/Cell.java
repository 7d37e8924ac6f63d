package org.pagereel.recorder.mix;

import org.pagereel.recorder.MixLayout.Fill;

/**
 * A rectangle of the canvas in which a picture appears while its input lasts.
 *
 * @param zOrder larger lies on top; of equals the later input
 * @param background behind a picture that does not fill it, 0xRRGGBB
 */
public record Cell(int x, int y, int width, int height, int zOrder, int background, Fill fill) {}
