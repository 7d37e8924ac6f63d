/** Looks at finished media and at processes from outside: for the benchmark and for tests. */
@NullMarked
package org.pagereel.server.tools.measure;

import org.jspecify.annotations.NullMarked;
