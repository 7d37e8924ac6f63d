/** The contract for all faces. Each face is a package below this one. */
@NullMarked
package org.pagereel.server.faces;

import org.jspecify.annotations.NullMarked;
