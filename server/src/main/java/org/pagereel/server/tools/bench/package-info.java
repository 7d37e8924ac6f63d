/** The benchmark: our recorder beside a reference pipeline, on the same pages, in the same run. */
@NullMarked
package org.pagereel.server.tools.bench;

import org.jspecify.annotations.NullMarked;
