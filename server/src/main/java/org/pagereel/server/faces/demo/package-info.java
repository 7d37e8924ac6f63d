/**
 * The demo room: what passes between the members of a class that is held in {@code
 * record-page/pages/room}. For demonstrations and tests, in memory only.
 */
@NullMarked
package org.pagereel.server.faces.demo;

import org.jspecify.annotations.NullMarked;
