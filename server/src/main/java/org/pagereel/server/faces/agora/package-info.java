/** The face of Agora's Flexible Classroom recording API, v2 (docs/vendors/agora.md). */
@NullMarked
package org.pagereel.server.faces.agora;

import org.jspecify.annotations.NullMarked;
