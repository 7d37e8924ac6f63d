/** The capacity of this machine, and how much of it is used. */
@NullMarked
package org.pagereel.server.platform.node;

import org.jspecify.annotations.NullMarked;
