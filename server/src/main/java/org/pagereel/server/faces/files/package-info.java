/** The files of recordings over HTTP, for all faces. */
@NullMarked
package org.pagereel.server.faces.files;

import org.jspecify.annotations.NullMarked;
