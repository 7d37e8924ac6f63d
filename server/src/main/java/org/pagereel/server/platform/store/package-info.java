/** The store of everything that must outlive the process: SQLite by default. */
@NullMarked
package org.pagereel.server.platform.store;

import org.jspecify.annotations.NullMarked;
