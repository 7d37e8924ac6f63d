/** The core: one recording's life, whoever asked for it. Knows no vendor, no browser, no media. */
@NullMarked
package org.pagereel.server.core.recording;

import org.jspecify.annotations.NullMarked;
