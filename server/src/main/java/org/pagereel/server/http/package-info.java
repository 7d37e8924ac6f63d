/** The web server around the faces: errors, files, pages, health, metrics. */
@NullMarked
package org.pagereel.server.http;

import org.jspecify.annotations.NullMarked;
