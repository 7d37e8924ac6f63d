/** The web server around the faces: errors, ranges of files, signed links, pages. */
@NullMarked
package org.pagereel.server.platform.http;

import org.jspecify.annotations.NullMarked;
