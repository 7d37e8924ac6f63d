/** Where everything that must outlive the process is kept: SQLite by default. */
@NullMarked
package org.pagereel.server.platform.store;

import org.jspecify.annotations.NullMarked;
