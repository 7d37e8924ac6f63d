/** A whole server, put together and taken apart in order. */
@NullMarked
package org.pagereel.server.service;

import org.jspecify.annotations.NullMarked;
