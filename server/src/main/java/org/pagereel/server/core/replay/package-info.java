/** Classes made into videos after they are over: tasks, whoever asked for them. */
@NullMarked
package org.pagereel.server.core.replay;

import org.jspecify.annotations.NullMarked;
