/**
 * The class protocol: time lines and videos of a class become messages of its group
 * (docs/vendors/tencent.md, "Class protocol"); uploaded videos; a class's messages as a file.
 */
@NullMarked
package org.pagereel.server.faces.classes;

import org.jspecify.annotations.NullMarked;
