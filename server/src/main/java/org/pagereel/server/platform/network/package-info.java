/** Keeps recorded pages away from addresses that are none of their business. */
@NullMarked
package org.pagereel.server.platform.network;

import org.jspecify.annotations.NullMarked;
