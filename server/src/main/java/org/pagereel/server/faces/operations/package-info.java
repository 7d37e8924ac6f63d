/** The view of operators: health and metrics. */
@NullMarked
package org.pagereel.server.faces.operations;

import org.jspecify.annotations.NullMarked;
