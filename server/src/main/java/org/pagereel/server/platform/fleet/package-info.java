/**
 * The nodes of a service that share one database: who is there, who is lost, who has room. A server
 * with a store of its own has none of it.
 */
@NullMarked
package org.pagereel.server.platform.fleet;

import org.jspecify.annotations.NullMarked;
